<?xml version="1.0" encoding="UTF-8"?>
<!-- Lists with their printed labels, and tables. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                expand-text="yes" exclude-result-prefixes="#all">

  <!-- The labels of a list are text of the original (`1.`, `(a)`), so the browser adds none of its own. -->
  <xsl:template match="list" as="node()*" mode="text">
    <xsl:variable name="start" as="element()?" select="(label | item)[1]"/>
    <xsl:apply-templates select="node()[empty($start) or . &lt;&lt; $start][self::* or normalize-space()]" mode="text"/>
    <xsl:if test="exists($start)">
      <ul class="{t:classes(., 'list')}{if (label) then ' labelled' else ''}">
        <xsl:call-template name="common"/>
        <xsl:for-each-group select="$start | node()[. &gt;&gt; $start][self::* or normalize-space()]"
                            group-starting-with="label | item[not(preceding-sibling::*[1]/self::label)]">
          <xsl:call-template name="list-item">
            <xsl:with-param name="label" select="current-group()/self::label"/>
            <xsl:with-param name="item" select="current-group()/self::item"/>
          </xsl:call-template>
        </xsl:for-each-group>
      </ul>
    </xsl:if>
  </xsl:template>

  <!-- One item with its label; a page break between two items stays at the end of the first. -->
  <xsl:template name="list-item" as="element()">
    <xsl:param name="label" as="element()?" required="yes"/>
    <xsl:param name="item" as="element()?" required="yes"/>
    <xsl:variable name="others" as="node()*" select="current-group() except ($label, $item)"/>
    <li>
      <xsl:for-each select="$item"><xsl:call-template name="common"/></xsl:for-each>
      <xsl:for-each select="$label">
        <span class="label"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
        <xsl:text> </xsl:text>
      </xsl:for-each>
      <div class="item">
        <xsl:apply-templates select="$others[exists($item) and . &lt;&lt; $item]" mode="text"/>
        <xsl:for-each select="$item">
          <xsl:choose>
            <xsl:when test="@t:mixed"><xsl:call-template name="mixed"/></xsl:when>
            <xsl:otherwise><xsl:apply-templates mode="text"/></xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
        <xsl:apply-templates select="$others[empty($item) or . &gt;&gt; $item]" mode="text"/>
      </div>
    </li>
  </xsl:template>

  <!-- A wide table scrolls in a box of its own, which can be reached by keyboard and has a name. -->
  <xsl:template match="table" as="element()" mode="text">
    <div class="table" role="region" tabindex="0" aria-label="{(head ! t:plain(.), 'Table')[. ne ''][1]}">
      <xsl:call-template name="common"/>
      <xsl:apply-templates select="node()[. &lt;&lt; current()/row[1]][self::* or normalize-space()]" mode="text"/>
      <table>
        <xsl:for-each-group select="row[1] | node()[. &gt;&gt; current()/row[1]][self::*]" group-starting-with="row">
          <xsl:apply-templates select="current-group()[self::row]" mode="text">
            <xsl:with-param name="between" select="tail(current-group())"/>
          </xsl:apply-templates>
        </xsl:for-each-group>
      </table>
    </div>
  </xsl:template>

  <xsl:template match="row" as="element()" mode="text">
    <xsl:param name="between" as="element()*" select="()"/>
    <tr class="{if (@role eq 'label') then 'label' else 'data'}">
      <xsl:call-template name="common"/>
      <xsl:apply-templates select="cell" mode="text">
        <xsl:with-param name="between" select="$between"/>
      </xsl:apply-templates>
    </tr>
  </xsl:template>

  <!-- A page break between two rows is shown in the last cell of the first. -->
  <xsl:template match="cell" as="element()" mode="text">
    <xsl:param name="between" as="element()*" select="()"/>
    <xsl:element name="{if ((@role, ../@role) = 'label') then 'th' else 'td'}">
      <xsl:if test="(@role, ../@role) = 'label'">
        <xsl:attribute name="scope" select="if (../@role eq 'label' or not(preceding::row[ancestor::table[1] is current()/ancestor::table[1]]) and not(../cell[not(@role eq 'label')])) then 'col' else 'row'"/>
      </xsl:if>
      <xsl:for-each select="@cols[. castable as xs:positiveInteger][number(.) le 100]"><xsl:attribute name="colspan" select="."/></xsl:for-each>
      <xsl:for-each select="@rows[. castable as xs:positiveInteger][number(.) le 100]"><xsl:attribute name="rowspan" select="."/></xsl:for-each>
      <xsl:call-template name="common"/>
      <xsl:choose>
        <xsl:when test="@t:mixed"><xsl:call-template name="mixed"/></xsl:when>
        <xsl:otherwise><xsl:apply-templates mode="text"/></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="not(following-sibling::cell)"><xsl:apply-templates select="$between" mode="text"/></xsl:if>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>
