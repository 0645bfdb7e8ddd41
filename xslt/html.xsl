<?xml version="1.0" encoding="UTF-8"?>
<!-- All pages of the web: of editions (html/document.xsl, with what only XSLT 3.0 can do for them) and of the collection. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" exclude-result-prefixes="#all">

  <xsl:include href="shared/facts.xsl"/>
  <xsl:include href="html/document.xsl"/>
  <xsl:include href="html/scripts.xsl"/>
  <xsl:include href="html/index.xsl"/>

  <xsl:mode name="edition" on-no-match="fail" on-multiple-match="fail" visibility="public"/>

  <xsl:template match="/" mode="edition">
    <xsl:apply-templates select="*" mode="page"/>
  </xsl:template>
</xsl:stylesheet>
