<?xml version="1.0" encoding="UTF-8"?>
<!-- What a reader may know of the edition: source, licence, how it was encoded, downloads, how to cite it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                expand-text="yes" exclude-result-prefixes="#all">

  <xsl:mode name="about" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template match="teiHeader" as="element()" mode="about">
    <xsl:variable name="facts" as="element(t:fact)*" select="t:facts(.)[not(@label eq 'Cite as')]"/>
    <section class="about" id="page:about" aria-labelledby="page:about-title">
      <h2 id="page:about-title">About this edition</h2>
      <xsl:call-template name="downloads"/>
      <xsl:for-each-group select="$facts" group-by="@group">
        <xsl:sort select="index-of(('Document', 'Source', 'Edition', 'How it was encoded', 'Changes'), current-grouping-key())"/>
        <h3>{current-grouping-key()}</h3>
        <dl>
          <xsl:for-each-group select="current-group()" group-adjacent="string(@label)">
            <div>
              <dt>{current-grouping-key()}</dt>
              <xsl:for-each select="current-group()">
                <dd>
                  <xsl:choose>
                    <xsl:when test="@href"><a href="{@href}" rel="noopener noreferrer">{.}</a></xsl:when>
                    <xsl:otherwise>{.}</xsl:otherwise>
                  </xsl:choose>
                </dd>
              </xsl:for-each>
            </div>
          </xsl:for-each-group>
        </dl>
      </xsl:for-each-group>
    </section>
  </xsl:template>

  <xsl:template name="downloads" as="element()?">
    <xsl:if test="$setting/*/t:download">
      <ul class="downloads">
        <xsl:for-each select="$setting/*/t:download">
          <li><a href="{@href}" type="{@type}">{@label}</a></li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

  <!-- For reference managers and machines: `meta` elements, and schema.org as data, which no policy lets run. -->
  <xsl:template name="metadata" as="element()*">
    <xsl:for-each select="$setting/*/t:cite">
      <xsl:for-each select="t:meta"><meta name="{@name}" content="{@content}"/></xsl:for-each>
      <script type="application/ld+json">{t:data}</script>
    </xsl:for-each>
  </xsl:template>

  <!-- Every page of the original, of which the style sheet shows the one at which the reader is. -->
  <xsl:template name="at-page" as="element()?">
    <xsl:context-item as="element(t:cite)" use="required"/>
    <xsl:param name="mark" as="xs:string" required="yes"/>
    <xsl:param name="end" as="xs:string" select="''"/>
    <xsl:param name="what" as="xs:string" select="'n'"/>
    <xsl:if test="t:page">
      <span class="at"><xsl:for-each select="t:page"><span class="at-{@anchor}">{$mark}{@*[name() eq $what]}{$end}</span></xsl:for-each></span>
    </xsl:if>
  </xsl:template>

  <!-- How to cite the document, and the page at which the reader is; a click takes the whole of a citation. -->
  <xsl:template name="cite" as="element()*">
    <xsl:for-each select="$setting/*/t:cite">
      <div class="card" id="page:cite" popover="auto" role="dialog" aria-labelledby="page:cite-title">
        <h2 id="page:cite-title">Cite this document</h2>
        <p class="copy">
          <xsl:value-of select="@before"/>
          <xsl:variable name="ended" as="xs:boolean" select="ends-with(@before, '”')"/>
          <xsl:call-template name="at-page">
            <xsl:with-param name="mark" select="if ($ended) then ' ' else ', '"/>
            <xsl:with-param name="end" select="if ($ended) then '.' else ''"/>
          </xsl:call-template>
          <xsl:value-of select="string-join((if ($ended) then '' else '.', @after[. ne '']), ' ')"/>
          <xsl:if test="@address ne ''">
            <xsl:text> {@address}</xsl:text>
            <xsl:call-template name="at-page"><xsl:with-param name="what" select="'anchor'"/><xsl:with-param name="mark" select="'#'"/></xsl:call-template>
            <xsl:text>.</xsl:text>
          </xsl:if>
        </p>
        <xsl:if test="t:page"><p class="hint">A click on a page number in the text puts the page into the citation.</p></xsl:if>
        <xsl:for-each select="t:format">
          <details name="page:formats">
            <summary>{@label}</summary>
            <pre class="copy" tabindex="0">{.}</pre>
            <p class="hint"><a href="{@href}" download="{@file}">Download {@file}</a></p>
          </details>
        </xsl:for-each>
        <span class="Z3988" title="{@coins}"/>
      </div>
    </xsl:for-each>
  </xsl:template>

  <!-- Doubts that stand off from the text, each with a link to what it speaks of. -->
  <xsl:template match="standOff" as="element()?" mode="text">
    <xsl:variable name="doubts" as="element()*" select=".//annotation[note]"/>
    <xsl:if test="exists($doubts)">
      <section class="doubts" data-made="" aria-labelledby="page:doubts">
        <h2 id="page:doubts">Remarks of the encoding</h2>
        <ul>
          <xsl:for-each select="$doubts">
            <xsl:variable name="target" as="xs:string?" select="t:safe-target(@target)"/>
            <li>
              <xsl:if test="exists($target)"><a href="{$target}">{$target}</a><xsl:text>: </xsl:text></xsl:if>
              <xsl:value-of select="normalize-space(string-join(note, ' '))"/>
            </li>
          </xsl:for-each>
        </ul>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
