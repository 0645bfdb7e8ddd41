<?xml version="1.0" encoding="UTF-8"?>
<!-- The index of a collection, from short summaries. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml"
                expand-text="yes" exclude-result-prefixes="#all">

  <xsl:template match="t:collection" as="element()" mode="page">
    <xsl:call-template name="frame"/>
  </xsl:template>

  <xsl:template match="t:collection" as="element()*" mode="main">
    <h1>{@title}</h1>
    <p class="lead">{count(t:document)} {if (count(t:document) eq 1) then 'document' else 'documents'}</p>
    <ul class="documents">
      <xsl:apply-templates select="t:document" mode="main"/>
    </ul>
  </xsl:template>

  <xsl:template match="t:document" as="element()" mode="main">
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
