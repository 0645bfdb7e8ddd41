<?xml version="1.0" encoding="UTF-8"?>
<!-- The last rule: an element without a rule is reported, and its text is kept. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="no" exclude-result-prefixes="#all">

  <xsl:template match="*" as="xs:string*" mode="text" priority="-1">
    <xsl:call-template name="t:report"><xsl:with-param name="flaw" select="'no-rule'"/></xsl:call-template>
    <xsl:variable name="begins-block" as="xs:boolean" select="exists(parent::div | parent::body | parent::front | parent::back)"/>
    <xsl:if test="$begins-block"><xsl:sequence select="'&#10;&#10;'"/></xsl:if>
    <xsl:apply-templates mode="text"/>
    <xsl:if test="$begins-block"><xsl:sequence select="'&#10;&#10;'"/></xsl:if>
  </xsl:template>
</xsl:stylesheet>
