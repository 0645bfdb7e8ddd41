<?xml version="1.0" encoding="UTF-8"?>
<!-- Paragraphs and what stands beside them: openers, closers, quotations, verse, stamps, figures. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="tei t">

  <xsl:template match="tei:p | tei:ab" mode="text">
    <p>
      <xsl:if test="@t:styles"><xsl:attribute name="class"><xsl:value-of select="substring(@t:styles, 2)"/></xsl:attribute></xsl:if>
      <xsl:call-template name="common"/>
      <xsl:call-template name="taken-up"/>
      <xsl:apply-templates mode="text"/>
      <xsl:call-template name="anchor"/>
    </p>
  </xsl:template>

  <xsl:template match="tei:p[@t:mixed] | tei:ab[@t:mixed]" mode="text" priority="1">
    <div class="paragraph{@t:styles}">
      <xsl:call-template name="common"/>
      <xsl:call-template name="mixed"/>
      <xsl:call-template name="anchor"/>
    </div>
  </xsl:template>

  <!-- The address of a paragraph, shown where a reader points or tabs to. -->
  <xsl:template name="anchor">
    <xsl:if test="not(ancestor::tei:note)"><a href="#{@t:id}" aria-label="Link to {@t:id}"/></xsl:if>
  </xsl:template>

  <!-- Text with blocks among it: HTML wants the text before and after a list in paragraphs of their own.
       A run of text begins at the first node and after each block, and ends before the next block. -->
  <xsl:template name="mixed">
    <xsl:if test="@t:takes-up and node()[1][@t:block]"><p class="run"><xsl:call-template name="taken-up"/></p></xsl:if>
    <xsl:for-each select="node()[@t:block or not(preceding-sibling::node()) or preceding-sibling::node()[1][@t:block]]">
      <xsl:choose>
        <xsl:when test="@t:block"><xsl:apply-templates select="." mode="text"/></xsl:when>
        <xsl:otherwise>
          <xsl:variable name="block" select="following-sibling::*[@t:block][1]"/>
          <xsl:variable name="after" select="following-sibling::node()"/>
          <xsl:variable name="run" select=". | $after[position() &lt;= count($after) - count($block | $block/following-sibling::node())]"/>
          <xsl:variable name="first" select="not(preceding-sibling::node())"/>
          <xsl:if test="$run[self::* or normalize-space()] or $first and ../@t:takes-up">
            <p class="run">
              <xsl:if test="not($first)"><xsl:attribute name="class">run continued</xsl:attribute></xsl:if>
              <xsl:if test="$first"><xsl:for-each select=".."><xsl:call-template name="taken-up"/></xsl:for-each></xsl:if>
              <xsl:choose>
                <xsl:when test="../@t:parted"><xsl:call-template name="parts"><xsl:with-param name="of" select="$run"/></xsl:call-template></xsl:when>
                <xsl:otherwise><xsl:apply-templates select="$run" mode="text"/></xsl:otherwise>
              </xsl:choose>
            </p>
          </xsl:if>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <!-- The salutation in whose line this paragraph goes on. -->
  <xsl:template name="taken-up">
    <xsl:if test="@t:takes-up">
      <xsl:for-each select="preceding-sibling::tei:opener[1]/tei:salute[@t:taken-up]">
        <span class="salute"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
        <xsl:text> </xsl:text>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <xsl:template match="tei:opener | tei:closer | tei:byline[@t:alone] | tei:trailer | tei:epigraph | tei:argument" mode="text">
    <xsl:if test="node()[not(@t:taken-up)][self::* or normalize-space()]">
      <div class="{local-name()}{@t:styles}">
        <xsl:call-template name="common"/>
        <xsl:call-template name="lines"/>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- In an opener or closer each part has a line of its own, and so has text between them; most hold only parts. -->
  <xsl:template name="lines">
    <xsl:choose>
      <xsl:when test="*[not(@t:block or @t:line)] or text()[normalize-space()]"><xsl:call-template name="lines-of-text"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="*[not(@t:taken-up)]" mode="line"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template name="lines-of-text">
    <xsl:for-each select="node()[@t:block or @t:line or not(preceding-sibling::node()) or preceding-sibling::node()[1][@t:block or @t:line]]">
      <xsl:choose>
        <xsl:when test="@t:taken-up"/>
        <xsl:when test="@t:block or @t:line"><xsl:apply-templates select="." mode="line"/></xsl:when>
        <xsl:otherwise>
          <xsl:variable name="line" select="following-sibling::*[@t:block or @t:line][1]"/>
          <xsl:variable name="after" select="following-sibling::node()"/>
          <xsl:variable name="run" select=". | $after[position() &lt;= count($after) - count($line | $line/following-sibling::node())]"/>
          <xsl:if test="$run[self::* or normalize-space()]"><p><xsl:apply-templates select="$run" mode="text"/></p></xsl:if>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:mode name="line" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:template match="*" mode="line" priority="-1">
    <xsl:apply-templates select="." mode="text"/>
  </xsl:template>
  <xsl:template match="tei:idno | tei:dateline | tei:salute | tei:signed | tei:byline | tei:seg | tei:stamp" mode="line">
    <p class="{local-name()}{@t:styles}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></p>
  </xsl:template>
  <!-- Several may sign in a list. -->
  <xsl:template match="*[tei:list or tei:table or tei:p]" mode="line" priority="1">
    <div class="{local-name()}{@t:styles}"><xsl:call-template name="common"/><xsl:call-template name="mixed"/></div>
  </xsl:template>
  <xsl:template match="tei:address" mode="line">
    <div class="address"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></div>
  </xsl:template>
  <xsl:template match="tei:addrLine" mode="text">
    <span class="addrLine"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/><br/></span>
  </xsl:template>

  <!-- Outside an opener or closer the same elements are lines where blocks stand, and phrases within text. -->
  <xsl:template match="tei:dateline[@t:alone] | tei:salute[@t:alone] | tei:signed[@t:alone] | tei:stamp[@t:alone] | tei:address[@t:alone]" mode="text">
    <xsl:apply-templates select="." mode="line"/>
  </xsl:template>
  <xsl:template match="tei:dateline[not(@t:alone)] | tei:salute[not(@t:alone)] | tei:signed[not(@t:alone)]
                       | tei:stamp[not(@t:alone)] | tei:address[not(@t:alone)] | tei:byline[not(@t:alone)]" mode="text">
    <span class="{local-name()}{@t:styles}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
  </xsl:template>

  <xsl:template match="tei:quote[@t:block] | tei:cit[@t:block]" mode="text">
    <blockquote class="{local-name()}{@t:styles}">
      <xsl:call-template name="common"/>
      <xsl:call-template name="mixed"/>
    </blockquote>
  </xsl:template>

  <xsl:template match="tei:lg" mode="text">
    <div class="stanza{@t:styles}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></div>
  </xsl:template>
  <xsl:template match="tei:l" mode="text">
    <p class="verse{@t:styles}">
      <!-- A line that another speaker began goes on to the right of it. -->
      <xsl:if test="@part = 'F' or @part = 'M'"><xsl:attribute name="class">verse<xsl:value-of select="@t:styles"/> shared</xsl:attribute></xsl:if>
      <!-- Each fifth number of a line is shown, as in print. -->
      <xsl:if test="number(@n) mod 5 = 0"><xsl:attribute name="data-line"><xsl:value-of select="@n"/></xsl:attribute></xsl:if>
      <xsl:call-template name="common"/><xsl:apply-templates mode="text"/></p>
  </xsl:template>

  <!-- A picture is shown only if it lies beside the page: a page asks no other host for anything. -->
  <xsl:template match="tei:figure" mode="text">
    <figure>
      <xsl:call-template name="common"/>
      <xsl:apply-templates mode="text"/>
    </figure>
  </xsl:template>
  <xsl:template match="tei:figure/tei:head" mode="text" priority="1">
    <figcaption><xsl:apply-templates mode="text"/></figcaption>
  </xsl:template>
  <xsl:template match="tei:graphic" mode="text">
    <xsl:if test="@t:beside">
      <img src="{@url}" loading="lazy">
        <xsl:attribute name="alt">
          <xsl:choose>
            <xsl:when test="tei:desc"><xsl:value-of select="normalize-space(tei:desc[1])"/></xsl:when>
            <xsl:when test="../tei:figDesc"><xsl:value-of select="normalize-space(../tei:figDesc[1])"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="normalize-space(../tei:head[1])"/></xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </img>
    </xsl:if>
  </xsl:template>
  <xsl:template match="tei:figDesc | tei:graphic/tei:desc" mode="text">
    <p class="figDesc"><xsl:apply-templates mode="text"/></p>
  </xsl:template>
</xsl:stylesheet>
