<?xml version="1.0" encoding="UTF-8"?>
<!-- Contents, the pages of the source, and landmarks (EPUB 3.3, 7). -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" xmlns:h="http://www.w3.org/1999/xhtml"
                xmlns:epub="http://www.idpf.org/2007/ops" expand-text="yes" exclude-result-prefixes="xsl xs t h">

  <xsl:function name="t:navigation" as="element(h:html)">
    <xsl:param name="volume" as="element(t:volume)"/>
    <xsl:variable name="content" as="element()*">
      <nav epub:type="toc" role="doc-toc" aria-labelledby="contents">
        <h1 id="contents">Contents</h1>
        <ol>
          <li><a href="title.xhtml">Title page</a></li>
          <xsl:apply-templates select="$volume/t:chapter" mode="navigation"/>
          <xsl:if test="$volume/t:entry"><li><a href="names.xhtml">Names</a></li></xsl:if>
          <xsl:if test="$volume/t:fact"><li><a href="about.xhtml">About this edition</a></li></xsl:if>
        </ol>
      </nav>
      <xsl:if test="$volume/t:chapter/t:page">
        <nav epub:type="page-list" role="doc-pagelist" aria-label="Pages of the source" hidden="hidden">
          <ol>
            <xsl:for-each select="$volume/t:chapter/t:page">
              <li><a href="{t:href(../@id)}#{@anchor}">{@n}</a></li>
            </xsl:for-each>
          </ol>
        </nav>
      </xsl:if>
      <nav epub:type="landmarks" aria-label="Landmarks" hidden="hidden">
        <ol>
          <li><a epub:type="titlepage" href="title.xhtml">Title page</a></li>
          <li><a epub:type="toc" href="nav.xhtml">Contents</a></li>
          <li><a epub:type="bodymatter" href="{t:href($volume/t:chapter[1]/@id)}">Text</a></li>
          <xsl:if test="$volume/t:entry"><li><a epub:type="index" href="names.xhtml">Names</a></li></xsl:if>
        </ol>
      </nav>
    </xsl:variable>
    <xsl:sequence select="t:page('Contents', $volume/@language, '', 'frontmatter', $content)"/>
  </xsl:function>

  <xsl:mode name="navigation" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="t:chapter" as="element(h:li)" mode="navigation">
    <li>
      <a href="{t:href(@id)}">{string-join((@title, @date), ', ')}</a>
      <xsl:sequence select="(h:ol, t:nested(t:part, min(t:part/number(@depth))))"/>
    </li>
  </xsl:template>

  <!-- Parts within parts, as lists within lists; a depth that is left out opens no empty list. -->
  <xsl:function name="t:nested" as="element(h:ol)?">
    <xsl:param name="parts" as="element(t:part)*"/>
    <xsl:param name="depth" as="xs:double?"/>
    <xsl:if test="exists($parts)">
      <ol>
        <xsl:for-each-group select="$parts" group-starting-with="t:part[number(@depth) le $depth]">
          <xsl:variable name="within" as="element(t:part)*" select="tail(current-group())"/>
          <li>
            <a href="{t:href(../@id)}#{@anchor}">{@title}</a>
            <xsl:sequence select="t:nested($within, min($within/number(@depth)))"/>
          </li>
        </xsl:for-each-group>
      </ol>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>
