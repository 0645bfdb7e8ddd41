<?xml version="1.0" encoding="UTF-8"?>
<!-- The last rule: an element without a rule is reported, and its text is kept. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                expand-text="yes" exclude-result-prefixes="#all">

  <xsl:template match="*" as="element()" mode="text" priority="-1">
    <xsl:call-template name="t:report"><xsl:with-param name="flaw" select="'no-rule'"/></xsl:call-template>
    <xsl:element name="{if (t:is-block-place(.)) then 'div' else 'span'}">
      <xsl:attribute name="class" select="'unhandled'"/>
      <xsl:call-template name="common"/>
      <xsl:apply-templates mode="text"/>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>
