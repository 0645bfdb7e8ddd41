<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI to one static web page that reads without scripts and asks no other host for anything. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
             xmlns:t="urn:x-teiwright:edition" xmlns="http://www.w3.org/1999/xhtml"
             xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="yes" exclude-result-prefixes="#all">

  <xsl:include href="shared/facts.xsl"/>
  <xsl:include href="shared/header.xsl"/>
  <xsl:include href="shared/report.xsl"/>
  <xsl:include href="html/page.xsl"/>
  <xsl:include href="html/divisions.xsl"/>
  <xsl:include href="html/blocks.xsl"/>
  <xsl:include href="html/lists.xsl"/>
  <xsl:include href="html/inline.xsl"/>
  <xsl:include href="html/names.xsl"/>
  <xsl:include href="html/notes.xsl"/>
  <xsl:include href="html/about.xsl"/>
  <xsl:include href="html/index.xsl"/>
  <xsl:include href="html/others.xsl"/>
  <xsl:include href="html/pictures.xsl"/>
  <xsl:include href="html/unhandled.xsl"/>

  <xsl:output method="html" version="5.0" encoding="UTF-8" indent="no" include-content-type="no"/>

  <!-- What the page stands in: the collection's title, its index, and the files to download. -->
  <xsl:param name="setting" as="document-node()?" select="()"/>
  <!-- The SHA-256 digest of the style sheet as Content-Security-Policy wants it. Its text takes the place of
       `<style></style>` when the page is written. -->
  <xsl:param name="style-digest" as="xs:string" select="''"/>

  <!-- What the policy of this page allows beyond that: `script-src 'self'`. -->
  <xsl:param name="allowed" as="xs:string" select="''"/>

  <xsl:mode name="edition" on-no-match="fail" on-multiple-match="fail" visibility="public"/>

  <xsl:template match="/" as="element()" mode="edition">
    <xsl:apply-templates select="*" mode="page"/>
  </xsl:template>
</xsl:stylesheet>
