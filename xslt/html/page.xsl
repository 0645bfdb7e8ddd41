<?xml version="1.0" encoding="UTF-8"?>
<!-- The page around the text: what browsers and catalogues read, the way back, the switches, the contents. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="tei t">

  <!-- What the page stands in, of which the program knows: `t:setting`, with title, language, collection, neighbours,
       downloads. Whoever runs the stylesheet otherwise puts it at the end of the outermost element.
       What is said of the text beside it (names, facts, cite, metadata) the program writes in the place of `<?part names?>`
       and the like. -->
  <xsl:param name="setting" select="/*/t:setting"/>

  <!-- What the text has, each word between spaces: ` person place note pg `. -->
  <xsl:variable name="has" select="concat(' ', $setting/@has, ' ')"/>

  <xsl:mode name="page" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:mode name="contents" on-no-match="deep-skip" on-multiple-match="fail"/>

  <!-- What catalogues read of a page; what stands in its `main`. -->
  <xsl:mode name="metadata" on-no-match="deep-skip" on-multiple-match="fail"/>
  <xsl:mode name="main" on-no-match="fail" on-multiple-match="fail"/>

  <!-- Every page, of an edition, of the collection, or of an index, stands in this frame.
       No script, no form target, nothing from elsewhere: the policy admits the one style sheet by its digest. -->
  <xsl:template name="frame">
    <html lang="{$setting/@language}">
      <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="{$setting/@policy}"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="referrer" content="no-referrer"/>
        <title>
          <xsl:value-of select="$setting/@title"/>
          <xsl:if test="$setting/@collection != $setting/@title"><xsl:value-of select="concat(' · ', $setting/@collection)"/></xsl:if>
        </title>
        <xsl:apply-templates select="." mode="metadata"/>
        <link rel="icon" href="data:,"/>
        <style></style>
        <xsl:if test="$setting/@beside"><link rel="stylesheet" media="screen and (min-width: 84rem)" href="{$setting/@beside}"/></xsl:if>
      </head>
      <body class="{$setting/@class}">
        <a class="skip" href="#page:text">Skip to the text</a>
        <xsl:call-template name="banner"/>
        <main id="page:text">
          <xsl:apply-templates select="." mode="main"/>
        </main>
        <xsl:call-template name="footer"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="tei:TEI" mode="page"><xsl:call-template name="frame"/></xsl:template>

  <xsl:template match="tei:TEI" mode="metadata">
    <xsl:call-template name="metadata"/>
    <xsl:if test="$setting/@address"><link rel="canonical" href="{$setting/@address}"/></xsl:if>
    <xsl:for-each select="$setting/t:previous"><link rel="prev" href="{@href}"/></xsl:for-each>
    <xsl:for-each select="$setting/t:next"><link rel="next" href="{@href}"/></xsl:for-each>
    <xsl:for-each select="$setting/t:download">
      <link rel="alternate" type="{@type}" href="{@href}" title="{@label}"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="tei:TEI" mode="main">
    <xsl:call-template name="contents"/>
    <xsl:if test="not(contains($has, ' title '))">
      <h1 class="made"><xsl:value-of select="@t:title"/></h1>
    </xsl:if>
    <article class="edition">
      <xsl:if test="@t:dir"><xsl:attribute name="dir"><xsl:value-of select="@t:dir"/></xsl:attribute></xsl:if>
      <xsl:apply-templates select="tei:text" mode="text"/>
      <xsl:apply-templates select="tei:standOff" mode="text"/>
    </article>
    <xsl:call-template name="note-list"/>
    <xsl:call-template name="name-list"/>
    <xsl:call-template name="about"/>
    <xsl:call-template name="cite"/>
    <xsl:call-template name="neighbours"/>
  </xsl:template>

  <xsl:template name="banner">
    <header class="banner">
      <xsl:if test="$setting/@home or $setting/t:section">
        <nav aria-label="Collection">
          <xsl:if test="$setting/@home">
            <a class="home" href="{$setting/@home}">
              <xsl:value-of select="$setting/@collection"/><xsl:if test="not($setting/@collection)">All documents</xsl:if>
            </a>
          </xsl:if>
          <xsl:for-each select="$setting/t:section"><a href="{@href}"><xsl:value-of select="@label"/></a></xsl:for-each>
        </nav>
      </xsl:if>
      <div class="tools">
        <xsl:if test="self::tei:TEI">
          <button type="button" popovertarget="page:cite">Cite</button>
          <xsl:if test="$setting/@source"><a href="{$setting/@source}">Source</a></xsl:if>
          <xsl:call-template name="switches"/>
        </xsl:if>
      </div>
    </header>
  </xsl:template>

  <!-- The way to the documents before and after. -->
  <xsl:template name="neighbours">
    <xsl:if test="$setting/t:previous or $setting/t:next">
      <nav class="neighbours" aria-label="Previous and next document">
        <xsl:for-each select="$setting/t:previous"><a rel="prev" href="{@href}"><small>Previous</small><xsl:value-of select="@title"/></a></xsl:for-each>
        <xsl:for-each select="$setting/t:next"><a rel="next" href="{@href}"><small>Next</small><xsl:value-of select="@title"/></a></xsl:for-each>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- What a reader can show and hide, as far as the text has it. -->
  <xsl:template name="switches">
    <xsl:if test="contains($has, ' person ') or contains($has, ' org ') or contains($has, ' place ') or contains($has, ' pg ')">
      <details class="switches">
        <summary>View</summary>
        <fieldset>
          <legend>Show in the text</legend>
          <xsl:if test="contains($has, ' person ') or contains($has, ' org ')">
            <label><input type="checkbox" id="show-persons" checked="checked"/>Persons</label>
          </xsl:if>
          <xsl:if test="contains($has, ' place ')">
            <label><input type="checkbox" id="show-places" checked="checked"/>Places</label>
          </xsl:if>
          <xsl:if test="contains($has, ' doubt ')">
            <label><input type="checkbox" id="show-doubts"/>How sure the program was</label>
          </xsl:if>
          <xsl:if test="contains($has, ' pg ')">
            <label><input type="checkbox" id="show-pages" checked="checked"/>Page numbers</label>
          </xsl:if>
        </fieldset>
      </details>
    </xsl:if>
  </xsl:template>

  <!-- The parts of the document and of the page; the first title stands above it and needs no entry. -->
  <xsl:template name="contents">
    <nav class="contents" aria-label="Contents">
      <ul>
        <xsl:if test="contains($has, ' part ')">
          <xsl:apply-templates select="tei:text/descendant::*[@t:kind][tei:head/@t:level or @type][not(tei:head/@t:level = 1)]" mode="contents"/>
        </xsl:if>
        <xsl:if test="contains($has, ' note ')"><li class="made"><a href="#page:notes">Notes</a></li></xsl:if>
        <xsl:if test="$setting/@named"><li class="made"><a href="#page:names">Names</a></li></xsl:if>
        <li class="made"><a href="#page:about">About this edition</a></li>
      </ul>
    </nav>
  </xsl:template>

  <xsl:template match="*[@t:kind]" mode="contents">
    <li class="depth-{count(ancestor::*[@t:kind])}"><a href="#{@t:id}"><xsl:value-of select="@t:title"/></a></li>
  </xsl:template>

  <xsl:template name="footer">
    <footer class="colophon">
      <p>
        <xsl:text>Made from TEI by teiwright. </xsl:text>
        <xsl:choose>
          <xsl:when test="$setting/@scripts">No cookies</xsl:when>
          <xsl:otherwise>No scripts, no cookies</xsl:otherwise>
        </xsl:choose>
        <xsl:text>, no requests to other hosts.</xsl:text>
      </p>
    </footer>
  </xsl:template>
</xsl:stylesheet>
