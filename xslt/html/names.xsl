<?xml version="1.0" encoding="UTF-8"?>
<!-- Names in the text, and the list of who and what they mean. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                expand-text="yes" exclude-result-prefixes="#all">

  <!-- A name whose meaning is known leads to its entry. Notes and page breaks within it are outside the link. -->
  <xsl:template match="persName | placeName | orgName | name | rs" as="element()" mode="text">
    <span class="{t:name-classes(.)}">
      <xsl:call-template name="common"/>
      <xsl:choose>
        <xsl:when test="@t:ref and t:may-hold-link(.)">
          <xsl:for-each-group select="node()" group-adjacent="exists(self::note | self::pb | self::lb)">
            <xsl:choose>
              <xsl:when test="current-grouping-key()"><xsl:apply-templates select="current-group()" mode="text"/></xsl:when>
              <xsl:otherwise>
                <a href="#entry:{current-group()[1]/../@t:ref}" title="{t:name-title(current-group()[1]/..)}">
                  <xsl:apply-templates select="current-group()" mode="text"/>
                </a>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:for-each-group>
        </xsl:when>
        <xsl:otherwise>
          <xsl:if test="t:name-title(.) ne ''"><xsl:attribute name="title" select="t:name-title(.)"/></xsl:if>
          <xsl:apply-templates mode="text"/>
        </xsl:otherwise>
      </xsl:choose>
    </span>
  </xsl:template>

  <xsl:function name="t:may-hold-link" as="xs:boolean">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="empty($name/(ancestor::ref | ancestor::persName[@t:ref] | ancestor::placeName[@t:ref]
      | ancestor::orgName[@t:ref] | ancestor::name[@t:ref] | ancestor::rs[@t:ref]))
      and empty($name/*//(note | pb | ref | ptr) | $name/(ref | ptr))"/>
  </xsl:function>

  <xsl:function name="t:name-classes" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="kind" as="xs:string" select="if ($name/self::placeName) then 'place' else 'person'"/>
    <xsl:sequence select="string-join(('name', $kind, if ($name/@t:ref) then 'known' else 'unknown',
      $name/@cert[. = ('high', 'medium', 'low')] ! ('cert-' || .), if (t:by-program($name)) then 'by-program' else ()), ' ')"/>
  </xsl:function>

  <!-- What a pointer resting on a name shows: who it is, and who says so. The list of names has the rest, once. -->
  <xsl:function name="t:name-title" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="string-join(($name/@t:ref ! t:entry(.) ! t:entry-name(.), t:doubt($name) ! ('tagged ' || .)), ' — ')"/>
  </xsl:function>

  <xsl:key name="t:mentions" match="text//*[@t:ref]" use="@t:ref/string()"/>

  <xsl:template name="name-list" as="element()?">
    <xsl:variable name="document" as="document-node()" select="root(.)"/>
    <xsl:variable name="entries" as="element()*" select="distinct-values(text//@t:ref) ! t:entry(.)"/>
    <xsl:if test="exists($entries)">
      <section class="names" id="page:names" aria-labelledby="page:names-title">
        <h2 id="page:names-title">Names</h2>
        <xsl:for-each-group select="$entries" group-by="if (self::place) then 'Places' else if (self::org) then 'Organizations' else 'Persons'">
          <xsl:sort select="index-of(('Persons', 'Organizations', 'Places'), current-grouping-key())"/>
          <h3>{current-grouping-key()}</h3>
          <ul class="entries">
            <xsl:for-each select="current-group()">
              <xsl:sort select="lower-case(t:sort-name(.))"/>
              <xsl:sort select="@xml:id"/>
              <xsl:call-template name="name-entry">
                <xsl:with-param name="mentions" select="key('t:mentions', @xml:id, $document)"/>
              </xsl:call-template>
            </xsl:for-each>
          </ul>
        </xsl:for-each-group>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template name="name-entry" as="element()">
    <xsl:context-item as="element()" use="required"/>
    <xsl:param name="mentions" as="element()*" required="yes"/>
    <li id="entry:{@xml:id}">
      <b class="entry-name">{t:entry-name(.)}</b>
      <xsl:if test="t:about-entry(.) ne ''"><span class="about">, {replace(t:about-entry(.), '\.$', '')}</span></xsl:if>
      <xsl:if test="exists(t:variants(.))"><span class="variants">. Also: {string-join(t:variants(.), '; ')}</span></xsl:if>
      <xsl:if test="t:about-entry(.) ne '' or exists(t:variants(.))"><span class="about">.</span></xsl:if>
      <xsl:for-each select="idno[matches(normalize-space(.), '^https?://[^/?#\s]+\S*$')]">
        <xsl:text> · </xsl:text><a href="{normalize-space(.)}" rel="noopener noreferrer">{(@type, 'more')[1]}</a>
      </xsl:for-each>
      <span class="mentions"><xsl:text> </xsl:text>
        <xsl:for-each select="$mentions">
          <xsl:if test="position() gt 1"><xsl:text> </xsl:text></xsl:if>
          <a href="#{@t:id}" class="mention" aria-label="{t:plain(.)}, mention {position()}">{position()}</a>
        </xsl:for-each>
      </span>
    </li>
  </xsl:template>
</xsl:stylesheet>
