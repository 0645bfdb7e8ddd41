<?xml version="1.0" encoding="UTF-8"?>
<!-- What a reader may know of the edition: source, licence, how it was encoded, downloads, how to cite it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="tei t">

  <xsl:template name="about">
    <section class="about" id="page:about" aria-labelledby="page:about-title">
      <h2 id="page:about-title">About this edition</h2>
      <xsl:call-template name="downloads"/>
      <xsl:processing-instruction name="part">facts</xsl:processing-instruction>
    </section>
  </xsl:template>

  <xsl:template name="downloads">
    <xsl:if test="$setting/t:download">
      <ul class="downloads">
        <xsl:for-each select="$setting/t:download">
          <li><a href="{@href}" type="{@type}"><xsl:value-of select="@label"/></a></li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

  <!-- For reference managers and machines. -->
  <xsl:template name="metadata">
    <xsl:processing-instruction name="part">metadata</xsl:processing-instruction>
  </xsl:template>

  <!-- How to cite the document, and the page at which the reader is. -->
  <xsl:template name="cite">
    <div class="card" id="page:cite" popover="auto" role="dialog" aria-labelledby="page:cite-title">
      <h2 id="page:cite-title">Cite this document</h2>
      <xsl:processing-instruction name="part">cite</xsl:processing-instruction>
    </div>
  </xsl:template>

  <!-- Doubts that stand off from the text, each with a link to what it speaks of. -->
  <xsl:template match="tei:standOff" mode="text">
    <xsl:variable name="doubts" select=".//tei:annotation[tei:note]"/>
    <xsl:if test="$doubts">
      <section class="doubts" data-made="" aria-labelledby="page:doubts">
        <h2 id="page:doubts">Remarks of the encoding</h2>
        <ul>
          <xsl:for-each select="$doubts">
            <li>
              <xsl:if test="@t:target"><a href="{@t:target}"><xsl:value-of select="@t:target"/></a><xsl:text>: </xsl:text></xsl:if>
              <xsl:for-each select="tei:note">
                <xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if>
                <xsl:value-of select="normalize-space()"/>
              </xsl:for-each>
            </li>
          </xsl:for-each>
        </ul>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
