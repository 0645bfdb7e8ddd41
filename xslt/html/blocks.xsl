<?xml version="1.0" encoding="UTF-8"?>
<!-- Paragraphs and what stands beside them: openers, closers, quotations, verse, stamps, figures. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                expand-text="yes" exclude-result-prefixes="#all">

  <xsl:template match="p | ab" as="element()*" mode="text">
    <p class="paragraph{@t:styles}">
      <xsl:call-template name="common"/>
      <xsl:apply-templates select="t:run-in(.)" mode="run-in"/>
      <xsl:apply-templates mode="text"/>
      <xsl:call-template name="anchor"/>
    </p>
  </xsl:template>

  <xsl:template match="p[@t:mixed] | ab[@t:mixed]" as="element()*" mode="text" priority="1">
    <div class="paragraph{@t:styles}">
      <xsl:call-template name="common"/>
      <xsl:call-template name="mixed">
        <xsl:with-param name="salute" select="t:run-in(.)"/>
      </xsl:call-template>
      <xsl:call-template name="anchor"/>
    </div>
  </xsl:template>

  <!-- The address of a paragraph, shown where a reader points or tabs to. -->
  <xsl:template name="anchor" as="element()?">
    <xsl:context-item as="element()" use="required"/>
    <xsl:if test="empty(ancestor::note)"><a class="anchor" href="#{@t:id}" aria-label="Link to {@t:id}"/></xsl:if>
  </xsl:template>

  <!-- Text with blocks among it: HTML wants the text before and after a list in paragraphs of their own. -->
  <xsl:template name="mixed" as="element()*">
    <xsl:context-item as="element()" use="required"/>
    <xsl:param name="salute" as="element(salute)?" select="()"/>
    <xsl:for-each-group select="node()" group-adjacent="t:is-block(.)">
      <xsl:choose>
        <xsl:when test="current-grouping-key()">
          <xsl:apply-templates select="current-group()" mode="text"/>
        </xsl:when>
        <xsl:when test="current-group()[self::* or normalize-space()] or position() eq 1 and exists($salute)">
          <p class="{if (position() eq 1) then 'run' else 'run continued'}">
            <xsl:if test="position() eq 1"><xsl:apply-templates select="$salute" mode="run-in"/></xsl:if>
            <xsl:apply-templates select="current-group()" mode="text"/>
          </p>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:mode name="run-in" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:template match="salute" as="node()*" mode="run-in">
    <span class="salute"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
    <xsl:text> </xsl:text>
  </xsl:template>

  <xsl:template match="opener | closer | byline[t:is-block-place(.)] | trailer | epigraph | argument" as="element()?" mode="text">
    <xsl:if test="node()[not(self::salute[t:is-taken-up(.)])][self::* or normalize-space()]">
      <div class="{t:classes(., local-name())}">
        <xsl:call-template name="common"/>
        <xsl:call-template name="lines"/>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- In an opener or closer each part has a line of its own, and so has text between them. -->
  <xsl:template name="lines" as="element()*">
    <xsl:context-item as="element()" use="required"/>
    <xsl:for-each-group select="node()" group-adjacent="t:is-line(.)">
      <xsl:choose>
        <xsl:when test="current-grouping-key()">
          <xsl:apply-templates select="current-group()[not(self::salute[t:is-taken-up(.)])]" mode="line"/>
        </xsl:when>
        <xsl:when test="current-group()[self::* or normalize-space()]">
          <p><xsl:apply-templates select="current-group()" mode="text"/></p>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:function name="t:is-line" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="t:is-block($node) or exists($node/(self::idno | self::dateline | self::salute | self::signed
      | self::byline | self::address | self::seg[@type] | self::stamp))"/>
  </xsl:function>

  <xsl:mode name="line" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:template match="*" as="element()*" mode="line" priority="-1">
    <xsl:apply-templates select="." mode="text"/>
  </xsl:template>
  <xsl:template match="idno | dateline | salute | signed | byline | seg | stamp" as="element()" mode="line">
    <p class="{t:classes(., local-name())}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></p>
  </xsl:template>
  <!-- Several may sign in a list. -->
  <xsl:template match="*[list or table or p]" as="element()" mode="line" priority="1">
    <div class="{t:classes(., local-name())}"><xsl:call-template name="common"/><xsl:call-template name="mixed"/></div>
  </xsl:template>
  <xsl:template match="address" as="element()" mode="line">
    <div class="address"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></div>
  </xsl:template>
  <xsl:template match="addrLine" as="element()" mode="text">
    <span class="addrLine"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/><br/></span>
  </xsl:template>

  <!-- Outside an opener or closer the same elements are lines where blocks stand, and phrases within text. -->
  <xsl:template match="dateline[t:is-block-place(.)] | salute[t:is-block-place(.)] | signed[t:is-block-place(.)]
                       | stamp[t:is-block-place(.)] | address[t:is-block-place(.)]" as="element()" mode="text">
    <xsl:apply-templates select="." mode="line"/>
  </xsl:template>
  <xsl:template match="dateline[not(t:is-block-place(.))] | salute[not(t:is-block-place(.))] | signed[not(t:is-block-place(.))]
                       | stamp[not(t:is-block-place(.))] | address[not(t:is-block-place(.))] | byline[not(t:is-block-place(.))]"
                as="element()" mode="text">
    <span class="{t:classes(., local-name())}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></span>
  </xsl:template>

  <xsl:function name="t:is-block-place" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/(parent::div | parent::div1 | parent::div2 | parent::div3 | parent::front | parent::body
      | parent::back | parent::postscript | parent::titlePage | parent::floatingText | parent::quote[p]))"/>
  </xsl:function>

  <xsl:template match="quote[t:is-block(.)] | cit[t:is-block(.)]" as="element()" mode="text">
    <blockquote class="{t:classes(., local-name())}">
      <xsl:call-template name="common"/>
      <xsl:call-template name="mixed"/>
    </blockquote>
  </xsl:template>

  <xsl:template match="lg" as="element()" mode="text">
    <div class="{t:classes(., 'stanza')}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></div>
  </xsl:template>
  <xsl:template match="l" as="element()" mode="text">
    <p class="{t:classes(., 'verse')}"><xsl:call-template name="common"/><xsl:apply-templates mode="text"/></p>
  </xsl:template>

  <!-- A picture is shown only if it lies beside the page: a page asks no other host for anything. -->
  <xsl:template match="figure" as="element()" mode="text">
    <figure>
      <xsl:call-template name="common"/>
      <xsl:apply-templates mode="text"/>
    </figure>
  </xsl:template>
  <xsl:template match="figure/head" as="element()" mode="text" priority="1">
    <figcaption><xsl:apply-templates mode="text"/></figcaption>
  </xsl:template>
  <xsl:template match="graphic" as="element()?" mode="text">
    <xsl:if test="t:is-local-picture(string(@url))">
      <img src="{@url}" alt="{normalize-space((desc, ../figDesc, ../head)[1])}" loading="lazy"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="figDesc | graphic/desc" as="element()" mode="text">
    <p class="figDesc"><xsl:apply-templates mode="text"/></p>
  </xsl:template>
</xsl:stylesheet>
