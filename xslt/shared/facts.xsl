<?xml version="1.0" encoding="UTF-8"?>
<!-- What two views must say alike: titles, kinds, certainty, pages, links that are safe to follow. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="yes" exclude-result-prefixes="#all">

  <!-- The words of an element without its notes and running heads: for contents, bookmarks and running heads. -->
  <xsl:function name="t:plain" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:choose>
      <xsl:when test="empty($element/*)"><xsl:sequence select="normalize-space($element)"/></xsl:when>
      <xsl:otherwise>
        <xsl:variable name="words" as="xs:string*">
          <xsl:apply-templates select="$element/node()" mode="t:plain"/>
        </xsl:variable>
        <xsl:sequence select="normalize-space(string-join($words))"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:mode name="t:plain" on-no-match="text-only-copy" on-multiple-match="fail"/>
  <xsl:template match="note | noteGrp | fw | figDesc | gap/desc" as="empty-sequence()" mode="t:plain"/>
  <xsl:template match="lb | pb | cb" as="xs:string" mode="t:plain">{if (@break eq 'no') then '' else ' '}</xsl:template>
  <xsl:template match="text()" as="xs:string" mode="t:plain">{.}</xsl:template>

  <!-- Where a reader may follow a target: the web, mail, or a place in this edition. Everything else is inert. -->
  <xsl:function name="t:safe-target" as="xs:string?">
    <xsl:param name="target" as="attribute()?"/>
    <xsl:sequence select="$target/../@t:target/string()"/>
  </xsl:function>

  <!-- A language tag that has the form of RFC 5646, else nothing. -->
  <xsl:function name="t:language" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@xml:lang/string()[matches(., '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$')]"/>
  </xsl:function>

  <xsl:function name="t:direction" as="xs:string?">
    <xsl:param name="language" as="xs:string?"/>
    <xsl:sequence select="if (empty($language)) then ()
      else if (matches($language, '^(ar|arc|dv|fa|he|ps|sd|syr|ug|ur|yi)(-|$)') or matches($language, '-(Arab|Hebr|Syrc|Thaa)(-|$)')) then 'rtl'
      else 'ltr'"/>
  </xsl:function>

  <!-- Who, a program or a person, says what an element says, and how sure they were. -->
  <xsl:function name="t:doubt" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@t:doubt/string()"/>
  </xsl:function>

  <!-- Elements that stand as blocks of their own, also within a paragraph. -->
  <xsl:function name="t:is-block" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="exists($node/@t:block)"/>
  </xsl:function>

  <!-- A salutation in whose line the first paragraph goes on, for that paragraph. -->
  <xsl:function name="t:run-in" as="element(salute)?">
    <xsl:param name="paragraph" as="element()"/>
    <xsl:sequence select="$paragraph[@t:takes-up]/preceding-sibling::opener[1]/salute[@t:taken-up]"/>
  </xsl:function>

  <!-- Whether a run-in salutation has a paragraph that takes it up. -->
  <xsl:function name="t:is-taken-up" as="xs:boolean">
    <xsl:param name="salute" as="element(salute)"/>
    <xsl:sequence select="exists($salute/@t:taken-up)"/>
  </xsl:function>
</xsl:stylesheet>
