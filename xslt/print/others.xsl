<?xml version="1.0" encoding="UTF-8"?>
<!-- What few texts have: plays; and what our own encoding never writes: apparatus, bibliographies, dictionaries,
     speech. How an element stands in its text the first pass says (`t:shape`, rendering/shapes.py). -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="no" exclude-result-prefixes="#all">

  <xsl:template match="*[@t:shape = ('section', 'block')]" as="xs:string*" mode="text" priority="0.25">
    <xsl:sequence select="'&#10;&#10;', t:content(.), '&#10;'"/>
  </xsl:template>
  <xsl:template match="*[@t:shape = ('section', 'block')]/text()[not(normalize-space())]" as="empty-sequence()" mode="text" priority="1"/>

  <xsl:template match="*[@t:shape = 'line']" as="xs:string*" mode="text" priority="0.25">
    <xsl:variable name="content" as="xs:string*"
                  select="if (self::speaker) then t:call('styled', t:literal('smallcaps'), t:parts(.))
                          else if (t:is-stage(.)) then t:call('styled', t:literal('italic'), t:parts(.)) else t:parts(.)"/>
    <xsl:sequence select="'&#10;&#10;', if (self::speaker) then t:call('speaker', (), $content) else t:call('para', t:literal('flushleft'), $content), '&#10;'"/>
  </xsl:template>

  <!-- Paragraphs within it stand beside its other words. -->
  <xsl:template match="*[@t:shape = ('line', 'phrase')][@t:mixed]" as="xs:string*" mode="text" priority="0.3">
    <xsl:sequence select="'&#10;&#10;', t:parts(.), '&#10;'"/>
  </xsl:template>

  <xsl:template match="*[@t:shape = 'phrase']" as="xs:string*" mode="text" priority="0.25">
    <xsl:sequence select="if (t:is-stage(.)) then t:call('styled', t:literal('italic'), t:content(.)) else t:parts(.)"/>
  </xsl:template>

  <!-- Elements that hold no words of their own part those of others. -->
  <xsl:function name="t:parts" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="$element/node()">
      <xsl:if test="$element/@t:parted and self::*[not(self::note)] and exists(preceding-sibling::*)"><xsl:sequence select="' '"/></xsl:if>
      <xsl:apply-templates select="." mode="text"/>
    </xsl:for-each>
  </xsl:function>

  <!-- Dictionaries: the headword, its grammar, the number of a sense unless the text has it (Guidelines, 10.3). -->
  <xsl:template match="orth[@t:shape][not(@t:mixed)]" as="xs:string*" mode="text" priority="0.3">
    <xsl:sequence select="t:call('styled', t:literal('bold'), t:parts(.))"/>
  </xsl:template>
  <xsl:template match="(pos | gen | number | case | gram | usg | lang)[@t:shape][not(@t:mixed)]" as="xs:string*" mode="text" priority="0.3">
    <xsl:sequence select="t:call('styled', t:literal('italic'), t:parts(.))"/>
  </xsl:template>
  <xsl:template match="sense[@n][not(@t:mixed)][not(starts-with(normalize-space(), @n))]" as="xs:string*" mode="text" priority="0.3">
    <xsl:sequence select="'#sense-number(' || t:literal(@n) || '); ', t:parts(.)"/>
  </xsl:template>

  <xsl:function name="t:is-stage" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/(self::stage | self::camera | self::caption | self::sound | self::tech))"/>
  </xsl:function>

  <!-- What is said about the text, and is none. -->
  <xsl:template match="*[@t:shape = 'unseen']" as="empty-sequence()" mode="text" priority="0.25"/>

  <!-- Examples of markup are printed as they are written (Guidelines, 23.4). -->
  <xsl:template match="*[namespace-uri() eq 'http://www.tei-c.org/ns/Examples']" as="xs:string*" mode="text" priority="0.25">
    <xsl:variable name="attributes" as="xs:string*" select="@*[namespace-uri() ne 'urn:x-teiwright:edition'] ! (' ' || name() || '=&quot;' || . || '&quot;')"/>
    <xsl:sequence select="'#tag(' || t:literal('&lt;' || name() || string-join($attributes) || '&gt;') || ');',
                          t:content(.), '#tag(' || t:literal('&lt;/' || name() || '&gt;') || ');'"/>
  </xsl:template>
  <xsl:template match="*[local-name() eq 'egXML']" as="xs:string*" mode="text" priority="0.3"><xsl:sequence select="t:content(.)"/></xsl:template>

  <xsl:template match="byline/docAuthor" as="xs:string*" mode="text" priority="1"><xsl:apply-templates mode="text"/></xsl:template>

  <!-- All readings are printed, that of the edition first; behind each other one who has it. -->
  <xsl:template match="app | rdgGrp" as="xs:string*" mode="text"><xsl:apply-templates select="*" mode="text"/></xsl:template>
  <xsl:template match="lem" as="xs:string*" mode="text"><xsl:apply-templates mode="text"/></xsl:template>
  <xsl:template match="rdg" as="xs:string*" mode="text">
    <xsl:sequence select="' ', if (node()) then t:call('reading', t:literal(@t:sigla), t:content(.))
      else '#omitted-reading(' || t:literal(string-join(('omitted', @t:sigla), ' ')) || ');'"/>
  </xsl:template>
</xsl:stylesheet>
