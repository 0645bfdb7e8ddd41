<?xml version="1.0" encoding="UTF-8"?>
<!-- What stands before and after the text: cover, title page, index of names, what is known of the edition. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" xmlns:h="http://www.w3.org/1999/xhtml"
                xmlns:epub="http://www.idpf.org/2007/ops" xmlns:svg="http://www.w3.org/2000/svg"
                expand-text="yes" exclude-result-prefixes="xsl xs t h svg">

  <!-- The frame of every page of a book; `up` leads from it to the book's folder. -->
  <xsl:function name="t:page" as="element(h:html)">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="language" as="xs:string"/>
    <xsl:param name="up" as="xs:string"/>
    <xsl:param name="part" as="xs:string"/>
    <xsl:param name="content" as="node()*"/>
    <html lang="{$language}" xml:lang="{$language}">
      <xsl:if test="t:direction($language) eq 'rtl'"><xsl:attribute name="dir" select="'rtl'"/></xsl:if>
      <head>
        <title>{$title}</title>
        <link rel="stylesheet" type="text/css" href="{$up}style.css"/>
      </head>
      <body epub:type="{$part}"><xsl:sequence select="$content"/></body>
    </html>
  </xsl:function>

  <xsl:function name="t:title-page" as="element(h:html)">
    <xsl:param name="volume" as="element(t:volume)"/>
    <xsl:variable name="content" as="element()">
      <section epub:type="titlepage" class="title-page" aria-labelledby="title">
        <xsl:for-each select="$volume/t:creator"><p class="creator">{.}</p></xsl:for-each>
        <h1 id="title">{$volume/@title}</h1>
        <xsl:for-each select="$volume/@subtitle"><p class="subtitle">{.}</p></xsl:for-each>
        <xsl:for-each select="$volume/@written"><p class="written">{.}</p></xsl:for-each>
        <xsl:if test="$volume/(@publisher | @published)">
          <p class="imprint">{string-join($volume/(@publisher, @published), ', ')}</p>
        </xsl:if>
        <xsl:for-each select="$volume/@rights"><p class="rights">{.}</p></xsl:for-each>
      </section>
    </xsl:variable>
    <xsl:sequence select="t:page($volume/@title, $volume/@language, '', 'frontmatter', $content)"/>
  </xsl:function>

  <!-- A cover of type alone. SVG breaks no lines by itself, so a line has about as many letters as fit. -->
  <xsl:function name="t:cover" as="element(svg:svg)">
    <xsl:param name="volume" as="element(t:volume)"/>
    <xsl:variable name="lines" as="xs:string*" select="t:broken($volume/@title, 18)"/>
    <xsl:variable name="shown" as="xs:string*" select="if (count($lines) gt 9) then (subsequence($lines, 1, 8), '…') else $lines"/>
    <svg:svg viewBox="0 0 1200 1800" width="1200" height="1800" role="img" xml:lang="{$volume/@language}">
      <svg:title>{$volume/@title}</svg:title>
      <svg:rect width="1200" height="1800" fill="#fdfcf9"/>
      <svg:rect x="90" y="90" width="1020" height="1620" fill="none" stroke="#7a2e1d" stroke-width="6"/>
      <svg:g font-family="Georgia, 'Libertinus Serif', 'DejaVu Serif', serif" fill="#1d1b18" text-anchor="middle">
        <xsl:for-each select="$shown">
          <svg:text x="600" y="{420 + 120 * position()}" font-size="92">{.}</svg:text>
        </xsl:for-each>
        <xsl:for-each select="t:broken(string-join($volume/t:creator, ', '), 36)[position() le 2]">
          <svg:text x="600" y="{230 + 60 * position()}" font-size="48">{.}</svg:text>
        </xsl:for-each>
        <xsl:for-each select="t:broken(string($volume/@publisher), 36)[position() le 2]">
          <svg:text x="600" y="{1540 + 60 * position()}" font-size="44">{.}</svg:text>
        </xsl:for-each>
      </svg:g>
    </svg:svg>
  </xsl:function>

  <!-- Words in lines of at most so many letters; one longer word has a line of its own. -->
  <xsl:function name="t:broken" as="xs:string*">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="width" as="xs:integer"/>
    <xsl:sequence select="fold-left(tokenize($text), (), function($lines as xs:string*, $word as xs:string) as xs:string* {
      if (exists($lines) and string-length($lines[last()]) + string-length($word) lt $width)
      then ($lines[position() lt last()], $lines[last()] || ' ' || $word) else ($lines, $word) })"/>
  </xsl:function>

  <!-- Each name with the pages that it is on; what stands above the first page break is before that page.
       Where the source has no pages, the mentions are counted. -->
  <xsl:function name="t:names-page" as="element(h:html)">
    <xsl:param name="volume" as="element(t:volume)"/>
    <xsl:variable name="kinds" as="map(xs:string, xs:string)" select="map{'person': 'Persons', 'organization': 'Organizations', 'place': 'Places'}"/>
    <xsl:variable name="content" as="element()">
      <section epub:type="index" role="doc-index" class="names" aria-labelledby="names">
        <h1 id="names">Names</h1>
        <xsl:for-each-group select="$volume/t:entry" group-by="string(@kind)">
          <xsl:sort select="index-of(('person', 'organization', 'place'), current-grouping-key())"/>
          <h2>{$kinds(current-grouping-key())}</h2>
          <ul>
            <xsl:for-each select="current-group()">
              <xsl:sort select="lower-case(@sort)"/>
              <xsl:sort select="@id"/>
              <xsl:sequence select="t:name-entry(., count($volume/t:chapter) gt 1)"/>
            </xsl:for-each>
          </ul>
        </xsl:for-each-group>
      </section>
    </xsl:variable>
    <xsl:sequence select="t:page('Names', $volume/@language, '', 'backmatter', $content)"/>
  </xsl:function>

  <xsl:function name="t:name-entry" as="element(h:li)">
    <xsl:param name="entry" as="element(t:entry)"/>
    <xsl:param name="several" as="xs:boolean"/>
    <li id="entry:{$entry/@id}">
      <b>{$entry/@name}</b>
      <xsl:if test="$entry/@about ne ''"><span class="about">, {$entry/@about}</span></xsl:if>
      <xsl:for-each-group select="$entry/t:mention" group-adjacent="string(@chapter)">
        <xsl:text> · </xsl:text>
        <xsl:variable name="chapter" as="element(t:chapter)?" select="key('t:chapter', current-grouping-key(), root($entry))"/>
        <xsl:if test="$several"><cite>{$chapter/@title}</cite><xsl:text>: </xsl:text></xsl:if>
        <xsl:for-each-group select="current-group()" group-by="if ($chapter/t:page) then string(@page) else string(@anchor)">
          <xsl:if test="position() gt 1"><xsl:text>, </xsl:text></xsl:if>
          <a href="{t:href(@chapter)}#{@anchor}">{(@page[. ne ''], $chapter/t:page[1] ! ('before ' || @n), position())[1]}</a>
        </xsl:for-each-group>
      </xsl:for-each-group>
    </li>
  </xsl:function>

  <xsl:key name="t:chapter" match="t:chapter" use="string(@id)"/>

  <!-- What the header says, in the groups in which the web page shows it. -->
  <xsl:function name="t:about-page" as="element(h:html)">
    <xsl:param name="volume" as="element(t:volume)"/>
    <xsl:variable name="content" as="element()">
      <section epub:type="colophon" role="doc-colophon" class="about" aria-labelledby="about">
        <h1 id="about">About this edition</h1>
        <xsl:for-each-group select="$volume/t:fact" group-by="string(@group)">
          <xsl:sort select="index-of(('Document', 'Source', 'Edition', 'How it was encoded', 'Changes'), current-grouping-key())"/>
          <h2>{current-grouping-key()}</h2>
          <dl>
            <xsl:for-each-group select="current-group()" group-adjacent="string(@label)">
              <dt>{current-grouping-key()}</dt>
              <xsl:for-each select="current-group()">
                <dd>
                  <xsl:choose>
                    <xsl:when test="@href"><a href="{@href}">{.}</a></xsl:when>
                    <xsl:otherwise>{.}</xsl:otherwise>
                  </xsl:choose>
                </dd>
              </xsl:for-each>
            </xsl:for-each-group>
          </dl>
        </xsl:for-each-group>
      </section>
    </xsl:variable>
    <xsl:sequence select="t:page('About this edition', $volume/@language, '', 'backmatter', $content)"/>
  </xsl:function>
</xsl:stylesheet>
