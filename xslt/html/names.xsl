<?xml version="1.0" encoding="UTF-8"?>
<!-- Names in the text, and the list of who and what they mean. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                expand-text="yes" exclude-result-prefixes="#all">

  <!-- A name has its kind as a class and, if a program tagged it, how sure that was. -->
  <xsl:template match="persName | placeName | orgName | name | rs" as="element()" mode="text">
    <span class="{@t:class}">
      <xsl:call-template name="common"/>
      <xsl:call-template name="unsure"/>
      <xsl:apply-templates mode="text"/>
    </span>
  </xsl:template>

  <!-- One whose meaning is known leads to its entry. -->
  <xsl:template match="*[@t:link eq 'whole']" as="element()" mode="text" priority="2">
    <a class="{@t:class}" href="#entry:{@t:ref}">
      <xsl:call-template name="common"/>
      <xsl:call-template name="unsure"/>
      <xsl:apply-templates mode="text"/>
    </a>
  </xsl:template>

  <!-- Notes and breaks within it are outside the link. -->
  <xsl:template match="*[@t:link eq 'parts']" as="element()" mode="text" priority="2">
    <xsl:variable name="name" as="element()" select="."/>
    <span>
      <xsl:call-template name="common"/>
      <xsl:for-each-group select="node()" group-adjacent="exists(self::note | self::pb | self::lb)">
        <xsl:choose>
          <xsl:when test="current-grouping-key()"><xsl:apply-templates select="current-group()" mode="text"/></xsl:when>
          <xsl:otherwise>
            <a class="{$name/@t:class}" href="#entry:{$name/@t:ref}">
              <xsl:for-each select="$name"><xsl:call-template name="unsure"/></xsl:for-each>
              <xsl:apply-templates select="current-group()" mode="text"/>
            </a>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
    </span>
  </xsl:template>

  <!-- A pointer resting on a name that is less than sure shows why. -->
  <xsl:template name="unsure" as="attribute()?">
    <xsl:context-item as="element()" use="required"/>
    <xsl:if test="@t:doubt and not(@cert eq 'high')"><xsl:attribute name="title" select="'tagged ' || @t:doubt"/></xsl:if>
  </xsl:template>

  <xsl:key name="t:mentions" match="text//*[@t:ref]" use="@t:ref/string()"/>

  <!-- Those whom the text names, with what the authority files say of them; and where they are named. -->
  <xsl:template name="name-list" as="element()?">
    <xsl:variable name="document" as="document-node()" select="root(.)"/>
    <xsl:if test="$setting/*/t:entry">
      <section class="names" id="page:names" aria-labelledby="page:names-title">
        <h2 id="page:names-title">Names</h2>
        <xsl:for-each-group select="$setting/*/t:entry" group-adjacent="string(@kind)">
          <h3>{upper-case(substring(@kind, 1, 1))}{substring(@kind, 2)}s</h3>
          <ul class="entries">
            <xsl:for-each select="current-group()">
              <xsl:call-template name="name-entry">
                <xsl:with-param name="mentions" select="key('t:mentions', @id, $document)"/>
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
    <li id="entry:{@id}">
      <xsl:choose>
        <xsl:when test="@href"><a class="entry" href="{@href}">{@name}</a></xsl:when>
        <xsl:otherwise><b>{@name}</b></xsl:otherwise>
      </xsl:choose>
      <xsl:value-of select="@about[. ne ''] ! (', ' || . || '.')"/>
      <xsl:for-each select="t:link"><xsl:text> </xsl:text><a href="{@href}" rel="noopener noreferrer">{@label}</a></xsl:for-each>
      <xsl:if test="empty(@href)"><xsl:call-template name="mentions"><xsl:with-param name="mentions" select="$mentions"/></xsl:call-template></xsl:if>
    </li>
  </xsl:template>

  <!-- Where the text names them, by the pages of the original. The page of an entry has these with their contexts;
       where there is none, they are here. -->
  <xsl:template name="mentions" as="element()">
    <xsl:param name="mentions" as="element()*" required="yes"/>
      <div class="mentions">
        <xsl:for-each-group select="$mentions" group-adjacent="string(@t:page)">
          <xsl:if test="position() gt 1"><xsl:text>, </xsl:text></xsl:if>
          <xsl:variable name="page" as="xs:string" select="current-grouping-key()"/>
          <xsl:for-each select="current-group()">
            <xsl:if test="position() gt 1"><xsl:text> </xsl:text></xsl:if>
            <a href="#{@t:id}">{if ($page ne '' and position() eq 1) then $page else '(' || position() || ')'}</a>
          </xsl:for-each>
        </xsl:for-each-group>
      </div>
  </xsl:template>
</xsl:stylesheet>
