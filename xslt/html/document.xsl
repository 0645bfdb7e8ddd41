<?xml version="1.0" encoding="UTF-8"?>
<!-- The page of an edition, and the frame for pages of the collection. What is joined here keeps to what XSLT 1.0 and XSLT 3.0 have in common, so that libxslt can
     run it, which is much faster than Saxon; each declares its version as 3.0, and what 1.0 does not know is left out
     there (`xsl:mode`). -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="tei t">

  <xsl:include href="../shared/report.xsl"/>
  <xsl:include href="page.xsl"/>
  <xsl:include href="framed.xsl"/>
  <xsl:include href="divisions.xsl"/>
  <xsl:include href="blocks.xsl"/>
  <xsl:include href="lists.xsl"/>
  <xsl:include href="inline.xsl"/>
  <xsl:include href="names.xsl"/>
  <xsl:include href="notes.xsl"/>
  <xsl:include href="about.xsl"/>
  <xsl:include href="others.xsl"/>
  <xsl:include href="pictures.xsl"/>
  <xsl:include href="unhandled.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>
  <xsl:template match="/"><xsl:apply-templates select="*" mode="page"/></xsl:template>
</xsl:stylesheet>
