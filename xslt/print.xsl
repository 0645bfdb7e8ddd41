<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI to Typst source, from which the typst program makes a PDF.
     All text of the edition goes over as string literals (`#"…";`), so that none of it can be markup or code;
     how a page looks is in print/book.typ, whose functions are all that is called here. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
             xmlns:t="urn:x-teiwright:edition"
             xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="no" exclude-result-prefixes="#all">

  <xsl:include href="shared/facts.xsl"/>
  <xsl:include href="shared/names.xsl"/>
  <xsl:include href="shared/header.xsl"/>
  <xsl:include href="shared/report.xsl"/>
  <xsl:include href="print/strings.xsl"/>
  <xsl:include href="print/book.xsl"/>
  <xsl:include href="print/divisions.xsl"/>
  <xsl:include href="print/blocks.xsl"/>
  <xsl:include href="print/lists.xsl"/>
  <xsl:include href="print/inline.xsl"/>
  <xsl:include href="print/others.xsl"/>
  <xsl:include href="print/unhandled.xsl"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <!-- The id of the edition, by which its files are named. -->
  <xsl:param name="document" as="xs:string" select="''"/>
  <!-- The text of print/book.typ, and the collection's title. -->
  <xsl:param name="design" as="xs:string" select="''"/>
  <xsl:param name="collection" as="xs:string" select="''"/>
  <!-- The day that dates the PDF if the edition has none: `2026-11-20`, or nothing. -->
  <xsl:param name="day" as="xs:string" select="''"/>

  <xsl:mode name="edition" on-no-match="fail" on-multiple-match="fail" visibility="public"/>

  <xsl:template match="/" as="xs:string" mode="edition">
    <xsl:variable name="source" as="xs:string*">
      <xsl:apply-templates select="*" mode="book"/>
    </xsl:variable>
    <xsl:sequence select="string-join($source)"/>
  </xsl:template>
</xsl:stylesheet>
