<?xml version="1.0" encoding="UTF-8"?>
<!-- The page around the text: what browsers and catalogues read, the way back, the switches, the contents. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                expand-text="yes" exclude-result-prefixes="#all">

  <xsl:mode name="page" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:mode name="contents" on-no-match="deep-skip" on-multiple-match="fail"/>

  <!-- What catalogues read of a page; what stands in its `main`; which of the page's switches it needs. -->
  <xsl:mode name="metadata" on-no-match="deep-skip" on-multiple-match="fail"/>
  <xsl:mode name="main" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:mode name="switches" on-no-match="deep-skip" on-multiple-match="fail"/>

  <!-- Every page, of an edition, of the collection, or of an index, stands in this frame. -->
  <xsl:template name="frame" as="element()">
    <xsl:context-item as="element()" use="required"/>
    <xsl:param name="title" as="xs:string" required="yes"/>
    <xsl:param name="language" as="xs:string" required="yes"/>
    <xsl:param name="class" as="xs:string" required="yes"/>
    <html lang="{$language}">
      <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="{t:policy()}"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="referrer" content="no-referrer"/>
        <title>{$title}{$setting/*/@collection[. ne $title] ! (' · ' || .)}</title>
        <xsl:apply-templates select="." mode="metadata"/>
        <link rel="icon" href="data:,"/>
        <style></style>
        <xsl:for-each select="$setting/*/@beside"><link rel="stylesheet" media="screen and (min-width: 84rem)" href="{.}"/></xsl:for-each>
      </head>
      <body class="{$class}">
        <a class="skip" href="#page:text">Skip to the text</a>
        <xsl:call-template name="banner"/>
        <main id="page:text">
          <xsl:apply-templates select="." mode="main"/>
        </main>
        <xsl:call-template name="footer"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="TEI" as="element()" mode="page">
    <xsl:call-template name="frame">
      <xsl:with-param name="title" select="t:document-title(.)"/>
      <xsl:with-param name="language" select="(t:language(.), text/t:language(.), 'und')[1]"/>
      <xsl:with-param name="class" select="'document'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="TEI" as="element()*" mode="metadata">
    <xsl:call-template name="metadata"/>
    <xsl:for-each select="$setting/*/@address"><link rel="canonical" href="{.}{../@id}.html"/></xsl:for-each>
    <xsl:for-each select="$setting/*/t:previous"><link rel="prev" href="{@href}"/></xsl:for-each>
    <xsl:for-each select="$setting/*/t:next"><link rel="next" href="{@href}"/></xsl:for-each>
    <xsl:for-each select="$setting/*/t:download">
      <link rel="alternate" type="{@type}" href="{@href}" title="{@label}"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="TEI" as="element()*" mode="main">
    <xsl:call-template name="contents"/>
    <xsl:if test="empty(text//(head | titlePart)[@t:level = '1'])">
      <h1 class="made">{t:document-title(.)}</h1>
    </xsl:if>
    <article class="edition">
      <xsl:apply-templates select="text" mode="text"/>
      <xsl:apply-templates select="standOff" mode="text"/>
    </article>
    <xsl:call-template name="note-list"/>
    <xsl:call-template name="name-list"/>
    <xsl:apply-templates select="teiHeader" mode="about"/>
    <xsl:call-template name="cite"/>
    <xsl:call-template name="neighbours"/>
  </xsl:template>

  <!-- No script, no frame, no form target, nothing from elsewhere; the one style sheet is known by its digest,
       and that which sets notes in the margin is in the page, too.
       What a page is allowed beyond that takes the place of the directive of the same name. -->
  <xsl:function name="t:policy" as="xs:string">
    <xsl:variable name="allowed" as="xs:string*" select="tokenize($allowed, ';\s*')[. ne '']"/>
    <xsl:variable name="always" as="xs:string+"
                  select="'default-src ''none''', 'style-src ''' || $style-digest || '''' || ($setting/*/@beside ! ' data:'), 'img-src ''self'' data:',
                          'base-uri ''none''', 'form-action ''none'''"/>
    <xsl:variable name="replaced" as="xs:string*" select="$allowed ! substring-before(., ' ')"/>
    <xsl:sequence select="string-join(($always[not(substring-before(., ' ') = $replaced)], $allowed), '; ')"/>
  </xsl:function>

  <xsl:template name="banner" as="element()">
    <header class="banner">
      <xsl:if test="$setting/*/(@home, t:section)">
        <nav aria-label="Collection">
          <xsl:for-each select="$setting/*/@home">
            <a class="home" href="{.}">{($setting/*/@collection, 'All documents')[1]}</a>
          </xsl:for-each>
          <xsl:for-each select="$setting/*/t:section"><a href="{@href}">{@label}</a></xsl:for-each>
        </nav>
      </xsl:if>
      <div class="tools">
        <xsl:if test="self::TEI">
          <button type="button" popovertarget="page:cite">Cite</button>
          <xsl:for-each select="$setting/*/@source"><a href="{.}">Source</a></xsl:for-each>
        </xsl:if>
        <xsl:apply-templates select="." mode="switches"/>
      </div>
    </header>
  </xsl:template>

  <!-- The way to the documents before and after. -->
  <xsl:template name="neighbours" as="element()?">
    <xsl:if test="$setting/*/(t:previous | t:next)">
      <nav class="neighbours" aria-label="Previous and next document">
        <xsl:for-each select="$setting/*/t:previous"><a rel="prev" href="{@href}"><small>Previous</small>{@title}</a></xsl:for-each>
        <xsl:for-each select="$setting/*/t:next"><a rel="next" href="{@href}"><small>Next</small>{@title}</a></xsl:for-each>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- What the text has: `person`, `place`, `note`, `pg` … -->
  <xsl:variable name="t:has" as="xs:string*" select="tokenize($setting/*/@has)"/>

  <xsl:template match="TEI[$t:has = ('person', 'org', 'place', 'pg')]" as="element()" mode="switches">
    <details class="switches">
      <summary>View</summary>
      <fieldset>
        <legend>Show in the text</legend>
        <xsl:if test="$t:has = ('person', 'org')">
          <label><input type="checkbox" id="show-persons" checked="checked"/>Persons</label>
        </xsl:if>
        <xsl:if test="$t:has = 'place'">
          <label><input type="checkbox" id="show-places" checked="checked"/>Places</label>
        </xsl:if>
        <xsl:if test="$t:has = 'doubt'">
          <label><input type="checkbox" id="show-doubts"/>How sure the program was</label>
        </xsl:if>
        <xsl:if test="$t:has = 'pg'">
          <label><input type="checkbox" id="show-pages" checked="checked"/>Page numbers</label>
        </xsl:if>
      </fieldset>
    </details>
  </xsl:template>

  <!-- The parts of the document and of the page; the first title stands above it and needs no entry. -->
  <xsl:template name="contents" as="element()?">
    <xsl:variable name="parts" as="element()*"
                  select="text//*[@t:kind][head/@t:level or @type][not(head/@t:level = '1')]"/>
    <nav class="contents" aria-label="Contents">
      <ul>
        <xsl:apply-templates select="$parts" mode="contents"/>
        <xsl:if test="$t:has = 'note'"><li class="made"><a href="#page:notes">Notes</a></li></xsl:if>
        <xsl:if test="$setting/*/t:entry"><li class="made"><a href="#page:names">Names</a></li></xsl:if>
        <li class="made"><a href="#page:about">About this edition</a></li>
      </ul>
    </nav>
  </xsl:template>

  <xsl:template match="div | div1 | div2 | div3 | floatingText" as="element()" mode="contents">
    <li class="depth-{count(ancestor::div | ancestor::floatingText)}"><a href="#{@t:id}">{@t:title}</a></li>
  </xsl:template>

  <xsl:template name="footer" as="element()">
    <footer class="colophon">
      <p>Made from TEI by teiwright. {if (contains($allowed, 'script-src')) then 'No cookies' else 'No scripts, no cookies'}, no requests to other hosts.</p>
    </footer>
  </xsl:template>
</xsl:stylesheet>
