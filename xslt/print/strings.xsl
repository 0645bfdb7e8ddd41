<?xml version="1.0" encoding="UTF-8"?>
<!-- Text as Typst string literals: the only way by which words of an edition enter the source. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="no" exclude-result-prefixes="#all">

  <!-- A string literal. In one, only the backslash and the quotation mark mean anything (Typst, Syntax);
       line ends and tabs are written as escapes, so that a literal never spans lines. -->
  <xsl:function name="t:literal" as="xs:string">
    <xsl:param name="text" as="xs:string?"/>
    <xsl:variable name="plain" as="xs:string" select="string($text)"/>
    <!-- Most texts have nothing to escape, and to look is cheaper than to replace. -->
    <xsl:variable name="safe" as="xs:string" select="if (translate($plain, '\&quot;&#9;&#10;&#13;', '') eq $plain) then $plain
      else $plain => replace('\\', '\\\\') => replace('&quot;', '\\&quot;')
        => replace('&#10;', '\\n') => replace('&#13;', '\\r') => replace('&#9;', '\\t')"/>
    <xsl:sequence select="'&quot;' || $safe || '&quot;'"/>
  </xsl:function>

  <!-- Words of the edition, where Typst expects markup. Single spaces at both ends stay outside the literal,
       because Typst drops a space at the end of a paragraph only if it is markup. The semicolon ends the
       expression: what follows can not become a call or a field of the string. -->
  <xsl:function name="t:words" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:variable name="core" as="xs:string" select="if (starts-with($text, ' ') or ends-with($text, ' ')) then replace($text, '^ +| +$', '') else $text"/>
    <xsl:sequence select="if ($core eq '') then (if ($text eq '') then '' else ' ')
      else (if (starts-with($text, ' ')) then ' ' else '') || '#' || t:literal($core) || ';' || (if (ends-with($text, ' ')) then ' ' else '')"/>
  </xsl:function>

  <!-- `#name(arguments)[content];` -->
  <xsl:function name="t:call" as="xs:string*">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="arguments" as="xs:string*"/>
    <xsl:param name="content" as="xs:string*"/>
    <xsl:sequence select="'#' || $name || '(' || string-join($arguments, ', ') || ')[', $content, '];'"/>
  </xsl:function>

  <!-- The address of a place as the web has it, without the ending of the page: `ID#fn-81`. -->
  <xsl:function name="t:address" as="xs:string">
    <xsl:param name="id" as="attribute()?"/>
    <xsl:sequence select="t:literal($document || '#' || $id)"/>
  </xsl:function>

  <!-- An argument for the language of an element, if it has one of its own. -->
  <xsl:function name="t:language-argument" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="t:language($element) ! ('lang: ' || t:literal(lower-case(tokenize(., '-')[1])))"/>
  </xsl:function>
</xsl:stylesheet>
