<?xml version="1.0" encoding="UTF-8"?>
<!-- What an e-book shows otherwise than a web page: notes, page breaks, names, tables, pictures. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" expand-text="yes" exclude-result-prefixes="#all">

  <!-- A reading system opens the note beside its mark; the word joiner keeps the mark in the line of its word. -->
  <xsl:template match="note" as="element()" mode="text">
    <sup class="call" data-made="">&#x2060;<xsl:call-template name="call"/></sup>
  </xsl:template>

  <xsl:template name="call" as="element()">
    <xsl:context-item as="element(note)" use="required"/>
    <a epub:type="noteref" role="doc-noteref" id="call:{@t:id}" href="#{@t:id}">
      <xsl:if test="exists(t:doubt(.))"><xsl:attribute name="title" select="'placed here ' || t:doubt(.)"/></xsl:if>
      <xsl:value-of select="@t:label"/>
    </a>
  </xsl:template>

  <!-- Notes that no mark in the text calls: the place where the source has them says so. -->
  <xsl:template match="noteGrp" as="node()*" mode="text">
    <p class="stray" data-made="">
      <xsl:call-template name="common"/>
      <xsl:text>The text has no mark for {if (count(note) eq 1) then 'this note' else 'these notes'}: </xsl:text>
      <xsl:for-each select="note">
        <xsl:if test="position() gt 1">, </xsl:if>
        <xsl:call-template name="call"/>
      </xsl:for-each>
    </p>
    <xsl:apply-templates select="node()[not(self::note)][self::* or normalize-space()]" mode="text"/>
  </xsl:template>

  <xsl:mode name="entry" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="note" as="element()" mode="entry">
    <aside epub:type="footnote" role="doc-footnote" id="{@t:id}" class="note">
      <xsl:if test="@t:lang"><xsl:attribute name="lang" select="@t:lang"/></xsl:if>
      <xsl:if test="@t:dir"><xsl:attribute name="dir" select="@t:dir"/></xsl:if>
      <p class="mark" data-made=""><a role="doc-backlink" href="#call:{@t:id}" aria-label="Note {@t:label}: back to the text">{@t:label}</a></p>
      <div class="note-text">
        <xsl:choose>
          <xsl:when test="node()[t:is-block(.)]"><xsl:call-template name="mixed"/></xsl:when>
          <xsl:otherwise><p><xsl:apply-templates mode="text"/></p></xsl:otherwise>
        </xsl:choose>
        <xsl:if test="@t:called eq 'no'"><p class="stray" data-made="">No mark in the text calls this note.</p></xsl:if>
        <xsl:if test="exists(t:doubt(.))"><p class="stray" data-made="">Placed {t:doubt(.)}.</p></xsl:if>
      </div>
    </aside>
  </xsl:template>

  <!-- Where a page of the original begins; its number is shown, as in the margin of a scholarly edition. -->
  <xsl:template match="pb" as="element()" mode="text">
    <xsl:choose>
      <xsl:when test="@n[normalize-space()]">
        <span epub:type="pagebreak" role="doc-pagebreak" id="{@t:id}" class="page" aria-label="Page {normalize-space(@n)}"
              data-made="">[{normalize-space(@n)}]<xsl:if test="not(@break eq 'no')"><xsl:text> </xsl:text></xsl:if></span>
      </xsl:when>
      <xsl:otherwise>
        <span id="{@t:id}" class="page" title="A page ends here" data-made="">[|]<xsl:if test="not(@break eq 'no')"><xsl:text> </xsl:text></xsl:if></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A reader of a book cites pages, not paragraphs by their links. -->
  <xsl:template name="anchor" as="empty-sequence()"/>

  <!-- The index of names leads to these; the text is not full of links. -->
  <xsl:template match="persName | placeName | orgName | name | rs" as="element()" mode="text">
    <span class="name {if (self::placeName) then 'place' else 'person'}">
      <xsl:call-template name="common"/>
      <xsl:apply-templates mode="text"/>
    </span>
  </xsl:template>

  <!-- HTML allows no link within a link: a note's mark or another link in it leaves the outer one out. -->
  <xsl:template name="barred">
    <xsl:if test="ancestor::ref or .//note or .//ref or .//ptr">barred</xsl:if>
  </xsl:template>

  <!-- A figure is in the book if it was found; a picture on another host is not fetched, and its description stays. -->
  <xsl:template match="graphic" as="empty-sequence()" mode="text"/>
  <xsl:template match="graphic[@t:width]" as="element()" mode="text" priority="3">
    <img src="../{@t:facs}" width="{@t:width}" height="{@t:height}"
         alt="{((desc, ../figDesc, ../head) ! normalize-space()[. ne ''], 'Picture')[1]}"/>
  </xsl:template>

  <xsl:template match="gap" as="element()" mode="text">
    <span class="gap" data-made="" title="{(desc ! normalize-space(), string-join(('omitted', @quantity, @unit), ' '))[. ne ''][1]}">
      <xsl:if test="not(@t:printed)">[…]</xsl:if>
    </span>
  </xsl:template>

  <!-- Doubts that stand off from the text, each with a link to what it speaks of. -->
  <xsl:template match="standOff" as="element()?" mode="text">
    <xsl:variable name="doubts" as="element()*" select=".//annotation[note]"/>
    <xsl:if test="exists($doubts)">
      <section class="doubts" data-made="">
        <h2>Remarks of the encoding</h2>
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
