<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes: a mark in the text, and one list whose entries are also what opens beside the mark.
     The words of a note are on the page once: its entry in the list is the pop-up (a native popover). -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="tei t">

  <!-- A button is no word of the edition. That it is a note's, and where the link in the list leads, the style sheet
       says to those who hear the page. -->
  <xsl:template match="tei:note" mode="text">
    <sup>
      <xsl:if test="@cert"><xsl:attribute name="class">unsure</xsl:attribute></xsl:if>
      <xsl:call-template name="call"/>
    </sup>
  </xsl:template>

  <xsl:template name="call">
    <button id="call:{@t:id}" popovertarget="{@t:id}">
      <xsl:if test="@t:doubt"><xsl:attribute name="title"><xsl:value-of select="concat('placed here ', @t:doubt)"/></xsl:attribute></xsl:if>
      <xsl:value-of select="@t:label"/>
    </button>
  </xsl:template>

  <!-- Notes that no mark in the text calls: the place where the source has them says so. -->
  <xsl:template match="tei:noteGrp" mode="text">
    <p class="stray" data-made="">
      <xsl:call-template name="common"/>
      <xsl:text>The text has no mark for </xsl:text>
      <xsl:choose>
        <xsl:when test="count(tei:note) = 1">this note: </xsl:when>
        <xsl:otherwise>these notes: </xsl:otherwise>
      </xsl:choose>
      <xsl:for-each select="tei:note">
        <xsl:if test="position() &gt; 1">, </xsl:if>
        <xsl:call-template name="call"/>
      </xsl:for-each>
    </p>
    <xsl:apply-templates select="node()[not(self::tei:note)][self::* or normalize-space()]" mode="text"/>
  </xsl:template>

  <!-- The list is in the order of the text; a note within a note comes after it. -->
  <xsl:template name="note-list">
    <xsl:variable name="notes" select="tei:text//tei:note"/>
    <xsl:if test="$notes">
      <section class="notes" id="page:notes" aria-labelledby="page:notes-title">
        <h2 id="page:notes-title">Notes</h2>
        <ol class="note-list">
          <xsl:apply-templates select="$notes" mode="entry"/>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:mode name="entry" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="tei:note" mode="entry">
    <li id="{@t:id}" popover="">
      <xsl:if test="@t:lang"><xsl:attribute name="lang"><xsl:value-of select="@t:lang"/></xsl:attribute></xsl:if>
      <xsl:if test="@t:dir"><xsl:attribute name="dir"><xsl:value-of select="@t:dir"/></xsl:attribute></xsl:if>
      <a href="#call:{@t:id}"><xsl:value-of select="@t:label"/></a>
      <xsl:choose>
        <xsl:when test="@t:mixed"><xsl:call-template name="mixed"/></xsl:when>
        <xsl:otherwise><p><xsl:apply-templates mode="text"/></p></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@t:called = 'no'"><p class="stray" data-made="">No mark in the text calls this note.</p></xsl:if>
      <xsl:if test="@t:doubt"><p class="stray" data-made=""><xsl:value-of select="concat('Placed ', @t:doubt, '.')"/></p></xsl:if>
    </li>
  </xsl:template>
</xsl:stylesheet>
