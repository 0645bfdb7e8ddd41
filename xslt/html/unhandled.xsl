<?xml version="1.0" encoding="UTF-8"?>
<!-- The last rule: an element without a rule is reported, and its text is kept. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="tei t">

  <xsl:template match="*" mode="text" priority="-1">
    <xsl:call-template name="t:report"><xsl:with-param name="flaw">no-rule</xsl:with-param></xsl:call-template>
    <xsl:choose>
      <xsl:when test="parent::tei:div or parent::tei:div1 or parent::tei:div2 or parent::tei:div3 or parent::tei:front or parent::tei:body
                      or parent::tei:back or parent::tei:postscript or parent::tei:titlePage or parent::tei:floatingText or parent::tei:quote[tei:p]">
        <div class="unhandled"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></div>
      </xsl:when>
      <xsl:otherwise><span class="unhandled"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
