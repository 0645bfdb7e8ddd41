<?xml version="1.0" encoding="UTF-8"?>
<!-- What a reader may know of the edition: source, licence, how it was encoded, downloads, how to cite it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="tei t">

  <xsl:template name="about">
    <section class="about" id="page:about" aria-labelledby="page:about-title">
      <h2 id="page:about-title">About this edition</h2>
      <xsl:call-template name="downloads"/>
      <xsl:for-each select="tei:teiHeader/t:facts[t:said[2] or t:said/@label != 'Cite as']">
        <h3><xsl:value-of select="@group"/></h3>
        <dl>
          <xsl:for-each select="t:said[not(@label = 'Cite as')]">
            <div>
              <dt><xsl:value-of select="@label"/></dt>
              <xsl:for-each select="t:fact">
                <dd>
                  <xsl:choose>
                    <xsl:when test="@href"><a href="{@href}" rel="noopener noreferrer"><xsl:value-of select="."/></a></xsl:when>
                    <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
                  </xsl:choose>
                </dd>
              </xsl:for-each>
            </div>
          </xsl:for-each>
        </dl>
      </xsl:for-each>
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

  <!-- For reference managers and machines: `meta` elements, and schema.org as data, which no policy lets run. -->
  <xsl:template name="metadata">
    <xsl:for-each select="$setting/t:cite">
      <xsl:for-each select="t:meta"><meta name="{@name}" content="{@content}"/></xsl:for-each>
      <script type="application/ld+json"><xsl:value-of select="t:data"/></script>
    </xsl:for-each>
  </xsl:template>

  <!-- How to cite the document, and the page at which the reader is; a click takes the whole of a citation.
       Every page of the original is there, of which the style sheet shows the one at which the reader is. -->
  <xsl:template name="cite">
    <xsl:for-each select="$setting/t:cite">
      <div class="card" id="page:cite" popover="auto" role="dialog" aria-labelledby="page:cite-title">
        <h2 id="page:cite-title">Cite this document</h2>
        <p class="copy">
          <xsl:value-of select="@before"/>
          <xsl:if test="t:page">
            <span class="at">
              <xsl:for-each select="t:page"><span class="at-{@anchor}"><xsl:value-of select="concat(../@mark, @n, ../@end)"/></span></xsl:for-each>
            </span>
          </xsl:if>
          <xsl:value-of select="@after"/>
          <xsl:if test="@address">
            <xsl:value-of select="concat(' ', @address)"/>
            <xsl:if test="t:page">
              <span class="at">
                <xsl:for-each select="t:page"><span class="at-{@anchor}"><xsl:value-of select="concat('#', @anchor)"/></span></xsl:for-each>
              </span>
            </xsl:if>
            <xsl:text>.</xsl:text>
          </xsl:if>
        </p>
        <xsl:if test="t:page"><p class="hint">A click on a page number in the text puts the page into the citation.</p></xsl:if>
        <xsl:for-each select="t:format">
          <details name="page:formats">
            <summary><xsl:value-of select="@label"/></summary>
            <pre class="copy" tabindex="0"><xsl:value-of select="."/></pre>
            <p class="hint"><a href="{@href}" download="{@file}"><xsl:value-of select="concat('Download ', @file)"/></a></p>
          </details>
        </xsl:for-each>
        <span class="Z3988" title="{@coins}"/>
      </div>
    </xsl:for-each>
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
