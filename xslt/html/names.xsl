<?xml version="1.0" encoding="UTF-8"?>
<!-- Names in the text, and the list of who and what they mean. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:t="urn:x-teiwright:edition"
                xmlns="http://www.w3.org/1999/xhtml" exclude-result-prefixes="tei t">

  <!-- Most names lead to their entry, of the kind that their element says, and have no class (`t:class`) of the first pass;
       a place, as most are, needs none on the page either. -->
  <xsl:template match="tei:placeName" mode="text" priority="2">
    <xsl:choose>
      <xsl:when test="@t:class"><xsl:call-template name="other-name"/></xsl:when>
      <xsl:otherwise><a href="#e:{@t:ref}" id="{@t:id}"><xsl:apply-templates mode="text"/></a></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="tei:persName" mode="text" priority="2">
    <xsl:choose>
      <xsl:when test="@t:class"><xsl:call-template name="other-name"/></xsl:when>
      <xsl:otherwise><a href="#e:{@t:ref}" id="{@t:id}" class="person"><xsl:apply-templates mode="text"/></a></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="tei:orgName" mode="text" priority="2">
    <xsl:choose>
      <xsl:when test="@t:class"><xsl:call-template name="other-name"/></xsl:when>
      <xsl:otherwise><a href="#e:{@t:ref}" id="{@t:id}" class="org"><xsl:apply-templates mode="text"/></a></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="tei:name | tei:rs" mode="text" priority="2"><xsl:call-template name="other-name"/></xsl:template>

  <!-- The others have their kind as a class, with how sure a program was if that is not very sure. -->
  <xsl:template name="other-name">
    <xsl:choose>
      <xsl:when test="@t:ref and not(@t:link)">
        <a href="#e:{@t:ref}" id="{@t:id}">
          <xsl:if test="@t:class != 'place'"><xsl:attribute name="class"><xsl:value-of select="@t:class"/></xsl:attribute></xsl:if>
          <xsl:if test="@t:lang or @t:doubt"><xsl:call-template name="common"/><xsl:call-template name="unsure"/></xsl:if>
          <xsl:apply-templates mode="text"/>
        </a>
      </xsl:when>
      <xsl:when test="@t:link = 'parts'"><xsl:call-template name="parts-of-name"/></xsl:when>
      <xsl:otherwise>
        <span class="{@t:class}">
          <xsl:call-template name="common"/>
          <xsl:call-template name="unsure"/>
          <xsl:apply-templates mode="text"/>
        </span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Notes and breaks within it are outside the link; a part begins at the first node and after each of them. -->
  <xsl:template name="parts-of-name">
    <xsl:variable name="name" select="."/>
    <span>
      <xsl:call-template name="common"/>
      <xsl:for-each select="node()[self::tei:note or self::tei:pb or self::tei:lb or not(preceding-sibling::node())
                                   or preceding-sibling::node()[1][self::tei:note or self::tei:pb or self::tei:lb]]">
        <xsl:choose>
          <xsl:when test="self::tei:note or self::tei:pb or self::tei:lb"><xsl:apply-templates select="." mode="text"/></xsl:when>
          <xsl:otherwise>
            <xsl:variable name="break" select="following-sibling::*[self::tei:note or self::tei:pb or self::tei:lb][1]"/>
            <xsl:variable name="after" select="following-sibling::node()"/>
            <a class="{$name/@t:class}" href="#e:{$name/@t:ref}">
              <xsl:for-each select="$name"><xsl:call-template name="unsure"/></xsl:for-each>
              <xsl:apply-templates select="." mode="text"/>
              <xsl:apply-templates select="$after[position() &lt;= count($after) - count($break | $break/following-sibling::node())]" mode="text"/>
            </a>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </span>
  </xsl:template>

  <!-- A pointer resting on a name that is less than sure shows why. -->
  <xsl:template name="unsure">
    <xsl:if test="@t:doubt"><xsl:attribute name="title"><xsl:value-of select="concat('tagged ', @t:doubt)"/></xsl:attribute></xsl:if>
  </xsl:template>

  <!-- Those whom the text names, with what the authority files say of them; and, if they have no page, where they are named. -->
  <xsl:template name="name-list">
    <xsl:if test="$setting/@named">
      <section class="names" id="page:names" aria-labelledby="page:names-title">
        <h2 id="page:names-title">Names</h2>
        <xsl:processing-instruction name="part">names</xsl:processing-instruction>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
