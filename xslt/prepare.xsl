<?xml version="1.0" encoding="UTF-8"?>
<!-- The first pass alone: an edition with what all views must say alike written on its elements. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:t="urn:x-teiwright:edition" exclude-result-prefixes="#all">

  <xsl:include href="shared/prepare.xsl"/>
  <xsl:include href="shared/facts.xsl"/>
  <xsl:include href="shared/names.xsl"/>
  <xsl:include href="shared/report.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no"/>

  <xsl:mode name="edition" use-accumulators="#all" on-no-match="fail" on-multiple-match="fail" visibility="public"/>

  <xsl:template match="/" as="document-node()" mode="edition">
    <xsl:apply-templates select="." mode="t:prepare"/>
  </xsl:template>
</xsl:stylesheet>
