<?xml version="1.0" encoding="UTF-8"?>
<!-- The index of a collection, from short summaries, so that no edition need be opened for it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                expand-text="yes" exclude-result-prefixes="#all">

  <xsl:mode name="index" on-no-match="fail" on-multiple-match="fail" visibility="public"/>

  <xsl:template match="/" as="element()" mode="index">
    <xsl:apply-templates select="t:collection" mode="index"/>
  </xsl:template>

  <xsl:template match="t:collection" as="element()" mode="index">
    <html lang="en">
      <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="{t:policy()}"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="referrer" content="no-referrer"/>
        <title>{@title}</title>
        <link rel="icon" href="data:,"/>
        <style>{$style}</style>
      </head>
      <body class="index">
        <main>
          <h1>{@title}</h1>
          <p class="lead">{count(t:document)} {if (count(t:document) eq 1) then 'document' else 'documents'}</p>
          <ul class="documents">
            <xsl:apply-templates select="t:document" mode="index"/>
          </ul>
        </main>
        <xsl:call-template name="footer"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="t:document" as="element()" mode="index">
    <li lang="{@language}">
      <h2><a href="{@href}">{@title}</a></h2>
      <p class="facts" lang="en">
        <xsl:variable name="facts" as="xs:string*" select="(@subtitle, @date, @source, @extent)[. ne '']/string()"/>
        <xsl:for-each select="$facts">
          <span>{.}</span>
          <xsl:if test="position() ne last()"><xsl:text> · </xsl:text></xsl:if>
        </xsl:for-each>
      </p>
      <xsl:if test="@opening ne ''"><p class="opening">{@opening}</p></xsl:if>
      <xsl:if test="t:download">
        <p class="downloads" lang="en">
          <xsl:for-each select="t:download">
            <xsl:if test="position() gt 1"><xsl:text> · </xsl:text></xsl:if>
            <a href="{@href}" type="{@type}" aria-label="{@label}, {../@title}">{@label}</a>
          </xsl:for-each>
        </p>
      </xsl:if>
    </li>
  </xsl:template>
</xsl:stylesheet>
