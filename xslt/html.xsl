<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI to one static web page that reads without scripts and asks no other host for anything. -->
<xsl:package version="3.0" name="urn:x-teiwright:html" package-version="1.0" declared-modes="yes"
             xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
             xmlns:t="urn:x-teiwright:edition" xmlns="http://www.w3.org/1999/xhtml"
             xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="yes" exclude-result-prefixes="#all">

  <xsl:include href="shared/prepare.xsl"/>
  <xsl:include href="shared/facts.xsl"/>
  <xsl:include href="shared/names.xsl"/>
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
  <xsl:include href="html/unhandled.xsl"/>

  <xsl:output method="html" version="5.0" encoding="UTF-8" indent="no" include-content-type="no"/>

  <!-- What the page stands in: the collection's title, its index, and the files to download. -->
  <xsl:param name="setting" as="document-node()?" select="()"/>
  <!-- The style sheet's text, and its SHA-256 digest as Content-Security-Policy wants it. -->
  <xsl:param name="style" as="xs:string" select="''"/>
  <xsl:param name="style-digest" as="xs:string" select="''"/>

  <xsl:mode name="edition" use-accumulators="#all" on-no-match="fail" on-multiple-match="fail" visibility="public"/>

  <xsl:template match="/" as="document-node()" mode="edition">
    <xsl:variable name="prepared" as="document-node()">
      <xsl:apply-templates select="." mode="t:prepare"/>
    </xsl:variable>
    <xsl:document>
      <xsl:apply-templates select="$prepared/*" mode="page"/>
    </xsl:document>
  </xsl:template>
</xsl:package>
