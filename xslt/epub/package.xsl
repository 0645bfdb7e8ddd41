<?xml version="1.0" encoding="UTF-8"?>
<!-- The files around the chapters, and the package document that lists them (EPUB 3.3, 5; EPUB Accessibility 1.1). -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"
                xmlns="http://www.idpf.org/2007/opf" expand-text="yes" exclude-result-prefixes="xsl xs t opf">

  <xsl:function name="t:path" as="xs:string">
    <xsl:param name="chapter" as="element(t:chapter)"/>
    <xsl:sequence select="'text/' || $chapter/@id || '.xhtml'"/>
  </xsl:function>

  <xsl:function name="t:href" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="'text/' || encode-for-uri($id) || '.xhtml'"/>
  </xsl:function>

  <xsl:function name="t:xml-file" as="element(t:file)">
    <xsl:param name="path" as="xs:string"/>
    <xsl:param name="content" as="element()"/>
    <t:file path="{$path}">{serialize($content, map{'method': 'xml', 'omit-xml-declaration': false(), 'encoding': 'UTF-8'})}</t:file>
  </xsl:function>

  <xsl:function name="t:page-file" as="element(t:file)">
    <xsl:param name="path" as="xs:string"/>
    <xsl:param name="page" as="element()"/>
    <t:file path="{$path}">{serialize($page, map{'method': 'xhtml', 'html-version': 5.0, 'omit-xml-declaration': false(),
      'encoding': 'UTF-8', 'indent': false(), 'include-content-type': false()})}</t:file>
  </xsl:function>

  <!-- All files but the chapters, in the order in which a reader meets them. -->
  <xsl:function name="t:package" as="element(t:file)*">
    <xsl:param name="volume" as="element(t:volume)"/>
    <xsl:sequence select="
      t:xml-file('package.opf', t:package-document($volume)),
      t:page-file('nav.xhtml', t:navigation($volume)),
      t:xml-file('cover.svg', t:cover($volume)),
      t:page-file('title.xhtml', t:title-page($volume)),
      $volume[t:entry] ! t:page-file('names.xhtml', t:names-page(.)),
      $volume[t:fact] ! t:page-file('about.xhtml', t:about-page(.))"/>
    <t:file path="style.css">{$style}</t:file>
  </xsl:function>

  <xsl:function name="t:package-document" as="element(opf:package)">
    <xsl:param name="volume" as="element(t:volume)"/>
    <package version="3.0" unique-identifier="book-id" xml:lang="{$volume/@language}">
      <metadata>
        <dc:identifier id="book-id">{$volume/@identifier}</dc:identifier>
        <dc:title id="title">{string-join($volume/(@title, @subtitle), '. ')}</dc:title>
        <dc:language>{$volume/@language}</dc:language>
        <xsl:for-each select="$volume/t:creator"><dc:creator>{.}</dc:creator></xsl:for-each>
        <xsl:for-each select="$volume/@publisher"><dc:publisher>{.}</dc:publisher></xsl:for-each>
        <xsl:for-each select="$volume/@published"><dc:date>{.}</dc:date></xsl:for-each>
        <xsl:for-each select="$volume/@source"><dc:source>{.}</dc:source></xsl:for-each>
        <xsl:for-each select="$volume/@rights"><dc:rights>{.}</dc:rights></xsl:for-each>
        <meta property="dcterms:modified">{substring($volume/@modified, 1, 10)}T00:00:00Z</meta>
        <xsl:if test="normalize-space($volume/@collection)">
          <meta property="belongs-to-collection" id="collection">{$volume/@collection}</meta>
          <meta refines="#collection" property="collection-type">set</meta>
        </xsl:if>
        <xsl:sequence select="t:accessibility($volume)"/>
      </metadata>
      <manifest>
        <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
        <item id="cover" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>
        <item id="style" href="style.css" media-type="text/css"/>
        <item id="title-page" href="title.xhtml" media-type="application/xhtml+xml"/>
        <xsl:for-each select="$volume/t:chapter">
          <item id="chapter-{position()}" href="{t:href(@id)}" media-type="application/xhtml+xml"/>
        </xsl:for-each>
        <xsl:for-each select="$volume/t:picture"><item id="picture-{position()}" href="{@href}" media-type="{@type}"/></xsl:for-each>
        <xsl:for-each select="('names'[$volume/t:entry], 'about'[$volume/t:fact])">
          <item id="{.}" href="{.}.xhtml" media-type="application/xhtml+xml"/>
        </xsl:for-each>
      </manifest>
      <spine>
        <itemref idref="title-page"/>
        <itemref idref="nav">
          <xsl:if test="count($volume/t:chapter) eq 1"><xsl:attribute name="linear" select="'no'"/></xsl:if>
        </itemref>
        <xsl:for-each select="$volume/t:chapter"><itemref idref="chapter-{position()}"/></xsl:for-each>
        <xsl:for-each select="('names'[$volume/t:entry], 'about'[$volume/t:fact])"><itemref idref="{.}"/></xsl:for-each>
      </spine>
    </package>
  </xsl:function>

  <!-- What the book offers to readers who do not see or do not touch it; no conformance is claimed that nobody assessed. -->
  <xsl:function name="t:accessibility" as="element(opf:meta)*">
    <xsl:param name="volume" as="element(t:volume)"/>
    <xsl:variable name="pages" as="xs:boolean" select="exists($volume/t:chapter/t:page)"/>
    <meta property="schema:accessMode">textual</meta>
    <xsl:if test="$volume/t:picture"><meta property="schema:accessMode">visual</meta></xsl:if>
    <meta property="schema:accessModeSufficient">textual</meta>
    <xsl:for-each select="('structuralNavigation', 'tableOfContents', 'readingOrder', 'displayTransformability',
                           ('pageBreakMarkers', 'pageNavigation')[$pages], 'index'[exists($volume/t:entry)], 'alternativeText'[exists($volume/t:picture)])">
      <meta property="schema:accessibilityFeature">{.}</meta>
    </xsl:for-each>
    <meta property="schema:accessibilityHazard">none</meta>
    <meta property="schema:accessibilitySummary">All content is text in reading order, with headings, contents and linked notes{
      if ($volume/t:picture) then '; its pictures are described' else ''}{
      if ($pages) then ', and with the page numbers of the source' else ''}.</meta>
    <xsl:if test="$pages">
      <meta property="pageBreakSource">{($volume/@source, 'the pages of the source')[1]}</meta>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>
