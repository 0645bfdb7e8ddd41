<?xml version="1.0" encoding="UTF-8"?>
<!-- Words in other scripts than Latin, Greek and Cyrillic. Only XSLT 3.0 can find them, so that a page which has some
     is made by Saxon. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" expand-text="yes" exclude-result-prefixes="#all">

  <!-- libxslt copies the other texts by itself. -->
  <xsl:template match="text()" mode="text"><xsl:value-of select="."/></xsl:template>

  <!-- Runs in a script that is written from the right, or in that of Chinese, Japanese or Korean, say so; which
       language it is nobody told, unless the script has but one. -->
  <xsl:template match="text()[../@t:scripts]" as="node()*" mode="text" priority="1">
    <xsl:analyze-string select="." regex="{$t:scripts}">
      <xsl:matching-substring>
        <xsl:variable name="language" as="xs:string" select="t:script-of(.)"/>
        <bdi lang="{$language}"><xsl:if test="t:direction($language) eq 'rtl'"><xsl:attribute name="dir" select="'rtl'"/></xsl:if>{.}</bdi>
      </xsl:matching-substring>
      <xsl:non-matching-substring><xsl:value-of select="."/></xsl:non-matching-substring>
    </xsl:analyze-string>
  </xsl:template>

  <!-- Words of Hebrew, of Arabic and its kin, of Korean, and of Chinese or Japanese; together the same characters as
       `_OTHER_SCRIPTS` in scripts.py. -->
  <xsl:variable name="t:scripts" as="xs:string" static="yes" select="string-join(
    (('[&#x590;-&#x5FF;&#xFB1D;-&#xFB4F;]+', '[&#x600;-&#x8FF;&#xFB50;-&#xFDFF;&#xFE70;-&#xFEFC;]+',
      '[&#x1100;-&#x11FF;&#xA960;-&#xA97F;&#xAC00;-&#xD7FF;]+') ! (. || '([ ,.;:!?·]+' || . || ')*'),
     '[&#x2E80;-&#x2FDF;&#x3001;-&#x9FFF;&#xF900;-&#xFAFF;&#xFF66;-&#xFFDC;&#x20000;-&#x3FFFF;]+'), '|')"/>

  <xsl:function name="t:script-of" as="xs:string">
    <xsl:param name="run" as="xs:string"/>
    <xsl:sequence select="if (matches($run, '[&#x3040;-&#x30FF;&#xFF66;-&#xFF9F;]')) then 'ja'
      else if (matches($run, '[&#x1100;-&#x11FF;&#xA960;-&#xA97F;&#xAC00;-&#xD7FF;]')) then 'ko'
      else if (matches($run, '[&#x2E80;-&#x9FFF;&#xF900;-&#xFAFF;&#x20000;-&#x3FFFF;]')) then 'und-Hani'
      else if (matches($run, '[&#x590;-&#x5FF;&#xFB1D;-&#xFB4F;]')) then 'und-Hebr'
      else if (matches($run, '[&#x700;-&#x74F;]')) then 'und-Syrc' else 'und-Arab'"/>
  </xsl:function>
</xsl:stylesheet>
