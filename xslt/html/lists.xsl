<?xml version="1.0" encoding="UTF-8"?>
<!-- Lists with their printed labels, and tables. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="tei t">

  <!-- The labels of a list are text of the original (`1.`, `(a)`), so the browser adds none of its own.
       An item begins at its label, if it has one. -->
  <xsl:template match="tei:list" mode="text">
    <xsl:variable name="start" select="(tei:label | tei:item)[1]"/>
    <xsl:apply-templates select="$start/preceding-sibling::node()[self::* or normalize-space()]" mode="text"/>
    <xsl:if test="not($start)"><xsl:apply-templates select="node()[self::* or normalize-space()]" mode="text"/></xsl:if>
    <xsl:if test="$start">
      <ul class="list{@t:styles}">
        <xsl:if test="tei:label"><xsl:attribute name="class"><xsl:value-of select="concat('list', @t:styles, ' labelled')"/></xsl:attribute></xsl:if>
        <xsl:call-template name="common"/>
        <xsl:for-each select="tei:label | tei:item[not(preceding-sibling::*[1][self::tei:label])]">
          <xsl:call-template name="list-item">
            <xsl:with-param name="item" select="self::tei:item | self::tei:label/following-sibling::*[1][self::tei:item]"/>
          </xsl:call-template>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

  <!-- One item, at its label or itself; a page break between two items stays at the end of the first. -->
  <xsl:template name="list-item">
    <xsl:param name="item"/>
    <li>
      <xsl:for-each select="$item"><xsl:call-template name="common"/></xsl:for-each>
      <xsl:if test="self::tei:label">
        <span class="label"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
        <xsl:text> </xsl:text>
      </xsl:if>
      <div class="item">
        <xsl:if test="self::tei:label"><xsl:apply-templates select="following-sibling::node()[1]" mode="until-item"/></xsl:if>
        <xsl:for-each select="$item">
          <xsl:choose>
            <xsl:when test="@t:mixed"><xsl:call-template name="mixed"/></xsl:when>
            <xsl:otherwise><xsl:apply-templates mode="text"/></xsl:otherwise>
          </xsl:choose>
          <xsl:apply-templates select="following-sibling::node()[1]" mode="until-item"/>
        </xsl:for-each>
      </div>
    </li>
  </xsl:template>

  <!-- What stands between one item and the next. -->
  <xsl:mode name="until-item" on-no-match="deep-skip" on-multiple-match="fail"/>
  <xsl:template match="tei:label | tei:item" mode="until-item" priority="1"/>
  <xsl:template match="* | text()" mode="until-item" priority="0">
    <xsl:if test="self::* or normalize-space()"><xsl:apply-templates select="." mode="text"/></xsl:if>
    <xsl:apply-templates select="following-sibling::node()[1]" mode="until-item"/>
  </xsl:template>

  <!-- A wide table scrolls in a box of its own, which can be reached by keyboard and has a name. It is no landmark of
       the page: a document may have many tables of one name. -->
  <xsl:template match="tei:table" mode="text">
    <div class="table" role="group" tabindex="0" aria-label="Table">
      <xsl:if test="tei:head"><xsl:attribute name="aria-label"><xsl:value-of select="tei:head[1]/@t:title"/></xsl:attribute></xsl:if>
      <xsl:call-template name="common"/>
      <xsl:apply-templates select="tei:row[1]/preceding-sibling::node()[self::* or normalize-space()]" mode="text"/>
      <table>
        <xsl:apply-templates select="tei:row" mode="text"/>
      </table>
    </div>
  </xsl:template>

  <xsl:template match="tei:row" mode="text">
    <tr>
      <xsl:if test="@role = 'label'"><xsl:attribute name="class">label</xsl:attribute></xsl:if>
      <xsl:call-template name="common"/>
      <xsl:apply-templates select="tei:cell" mode="text"/>
    </tr>
  </xsl:template>

  <!-- A page break between two rows is shown in the last cell of the first. -->
  <xsl:template match="tei:cell" mode="text">
    <xsl:choose>
      <xsl:when test="@role = 'label' or ../@role = 'label'">
        <th scope="row">
          <xsl:if test="../@role = 'label' or not(../preceding-sibling::tei:row) and not(../tei:cell[not(@role = 'label')])">
            <xsl:attribute name="scope">col</xsl:attribute>
          </xsl:if>
          <xsl:call-template name="cell"/>
        </th>
      </xsl:when>
      <xsl:otherwise><td><xsl:call-template name="cell"/></td></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="cell">
    <xsl:if test="translate(@cols, '0123456789', '') = '' and number(@cols) &gt; 0 and number(@cols) &lt;= 100">
      <xsl:attribute name="colspan"><xsl:value-of select="@cols"/></xsl:attribute>
    </xsl:if>
    <xsl:if test="translate(@rows, '0123456789', '') = '' and number(@rows) &gt; 0 and number(@rows) &lt;= 100">
      <xsl:attribute name="rowspan"><xsl:value-of select="@rows"/></xsl:attribute>
    </xsl:if>
    <xsl:call-template name="common"/>
    <xsl:choose>
      <xsl:when test="@t:mixed"><xsl:call-template name="mixed"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates mode="text"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="not(following-sibling::tei:cell)">
      <xsl:apply-templates select="../following-sibling::*[1]" mode="until-row"/>
    </xsl:if>
  </xsl:template>

  <!-- What stands between one row and the next. -->
  <xsl:mode name="until-row" on-no-match="deep-skip" on-multiple-match="fail"/>
  <xsl:template match="tei:row" mode="until-row" priority="1"/>
  <xsl:template match="*" mode="until-row" priority="0">
    <xsl:apply-templates select="." mode="text"/>
    <xsl:apply-templates select="following-sibling::*[1]" mode="until-row"/>
  </xsl:template>
</xsl:stylesheet>
