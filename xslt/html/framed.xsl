<?xml version="1.0" encoding="UTF-8"?>
<!-- A page of the collection whose content others made; see `CollectionPage`. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:t="urn:x-teiwright:edition" exclude-result-prefixes="t">

  <xsl:template match="t:page" mode="page"><xsl:call-template name="frame"/></xsl:template>
  <xsl:template match="t:page" mode="metadata"><xsl:copy-of select="t:head/*" copy-namespaces="no"/></xsl:template>
  <xsl:template match="t:page" mode="main"><xsl:copy-of select="t:main/node()" copy-namespaces="no"/></xsl:template>
</xsl:stylesheet>
