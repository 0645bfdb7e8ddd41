<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI to the files of an EPUB 3, each as text in a `t:file`; the program only zips them.
     The text is shown by the rules of the web page; what a book has otherwise (notes, pages, names, pictures)
     is in epub/, whose rules come before those that are imported; of those, the last one comes first. -->
<xsl:stylesheet version="3.0"
             xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
             xmlns:t="urn:x-teiwright:edition" xmlns="http://www.w3.org/1999/xhtml"
             xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="yes" exclude-result-prefixes="#all">

  <xsl:import href="html/unhandled.xsl"/>
  <xsl:import href="html/divisions.xsl"/>
  <xsl:import href="html/blocks.xsl"/>
  <xsl:import href="html/lists.xsl"/>
  <xsl:import href="html/inline.xsl"/>
  <xsl:import href="html/scripts.xsl"/>
  <xsl:import href="html/others.xsl"/>
  <xsl:import href="html/pictures.xsl"/>
  <xsl:include href="shared/facts.xsl"/>
  <xsl:include href="shared/names.xsl"/>
  <xsl:include href="shared/header.xsl"/>
  <xsl:include href="shared/report.xsl"/>
  <xsl:include href="epub/text.xsl"/>
  <xsl:include href="epub/chapter.xsl"/>
  <xsl:include href="epub/volume.xsl"/>
  <xsl:include href="epub/package.xsl"/>
  <xsl:include href="epub/navigation.xsl"/>
  <xsl:include href="epub/matter.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <!-- The book's name for machines (`urn:uuid:…`), and the day to give it if the header has none. -->
  <xsl:param name="identifier" as="xs:string" select="'urn:uuid:00000000-0000-0000-0000-000000000000'"/>
  <xsl:param name="day" as="xs:string" select="''"/>
  <xsl:param name="collection" as="xs:string" select="''"/>
  <xsl:param name="style" as="xs:string" select="''"/>

  <!-- One edition. -->
  <xsl:mode name="edition" on-no-match="fail" on-multiple-match="fail" visibility="public"/>

  <xsl:template match="/" as="document-node()" mode="edition">
    <xsl:variable name="volume" as="document-node()">
      <xsl:document><xsl:sequence select="t:volume(*)"/></xsl:document>
    </xsl:variable>
    <xsl:document>
      <t:files>
        <xsl:sequence select="t:package($volume/t:volume)"/>
        <xsl:sequence select="t:page-file($volume/t:volume/t:chapter/t:path(.), t:chapter(*))"/>
      </t:files>
    </xsl:document>
  </xsl:template>

  <!-- The text of one edition alone. -->
  <xsl:mode name="text-alone" on-no-match="fail" on-multiple-match="fail" visibility="public"/>

  <xsl:template match="/" as="element()" mode="text-alone">
    <xsl:sequence select="t:chapter(*)"/>
  </xsl:template>

  <!-- A book of several editions, whose chapters are there already: what stands around them. -->
  <xsl:mode name="book" on-no-match="fail" on-multiple-match="fail" visibility="public"/>

  <xsl:template match="/" as="document-node()" mode="book">
    <xsl:document>
      <t:files><xsl:sequence select="t:package(t:volume)"/></t:files>
    </xsl:document>
  </xsl:template>
</xsl:stylesheet>
