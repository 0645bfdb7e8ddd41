<?xml version="1.0" encoding="UTF-8"?>
<!-- Pictures that lie beside the page, with the size at which they are, so that the text does not jump when they come. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="tei t">

  <xsl:template match="tei:graphic[@t:width]" mode="text" priority="1">
    <a class="picture" href="{@t:facs}">
      <xsl:call-template name="image">
        <xsl:with-param name="described">
          <xsl:choose>
            <xsl:when test="normalize-space(tei:desc[1])"><xsl:value-of select="normalize-space(tei:desc[1])"/></xsl:when>
            <xsl:when test="normalize-space(../tei:figDesc[1])"><xsl:value-of select="normalize-space(../tei:figDesc[1])"/></xsl:when>
            <xsl:when test="normalize-space(../tei:head[1])"><xsl:value-of select="normalize-space(../tei:head[1])"/></xsl:when>
            <xsl:otherwise>Picture</xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
    </a>
  </xsl:template>

  <!-- Within a link, which HTML does not nest. -->
  <xsl:template match="tei:ref//tei:graphic[@t:width] | *[@t:link]//tei:graphic[@t:width]" mode="text" priority="2">
    <xsl:call-template name="image"><xsl:with-param name="described">Picture</xsl:with-param></xsl:call-template>
  </xsl:template>

  <xsl:template name="image">
    <xsl:param name="described"/>
    <img src="{@t:facs}" alt="{$described}" loading="lazy">
      <xsl:if test="@t:width">
        <xsl:attribute name="width"><xsl:value-of select="@t:width"/></xsl:attribute>
        <xsl:attribute name="height"><xsl:value-of select="@t:height"/></xsl:attribute>
      </xsl:if>
    </img>
  </xsl:template>
</xsl:stylesheet>
