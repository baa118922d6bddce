// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.http.fields.Credentials.Login;
import tulip.http.protocol.Headers;

/// File names, credentials, proxies and links, with the examples of their RFCs.
class OtherFieldsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Attachment; filename=example.html | example.html",
        "INLINE; FILENAME= \"an example.html\" | an example.html",
        "attachment; filename*= UTF-8''%e2%82%ac%20rates | \u20ac rates",
        "attachment; filename=\"EURO rates\"; filename*=utf-8''%e2%82%ac%20rates | \u20ac rates",
        "attachment; filename=\"x\"; filename*=utf-8''%e2%8 | x",
        "attachment; filename=\"x\"; filename*=latin1''y | x",
        "attachment; filename=\"../../etc/passwd\" | passwd",
        "attachment; filename=\"C:\\\\\\\\a.exe\" | a.exe",
        "attachment; filename=\"..\" |",
        "attachment; filename*=UTF-8''a%00b |",
        "attachment |"
      })
  void filesHaveNames(String text, @Nullable String name) {
    var disposition = ContentDisposition.parse(text);
    assertNotNull(disposition);
    assertEquals(name, disposition.filename());
  }

  @Test
  void namesAreSentInTwoFormsIfTheyMust() {
    assertEquals("attachment; filename=\"a b\"", ContentDisposition.attachment("a b").toString());
    var euro = ContentDisposition.attachment("\u20ac 5.txt");
    assertEquals(
        "attachment; filename=\"_ 5.txt\"; filename*=UTF-8''%E2%82%AC%205.txt", euro.toString());
    assertEquals("\u20ac 5.txt", euro.filename());
    assertNull(ContentDisposition.parse("; filename=x"));
  }

  @Test
  void loginsAreBasic() { // RFC 7617, sections 2 and 2.1
    var credentials = Credentials.parse("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assertNotNull(credentials);
    assertEquals(new Login("Aladdin", "open sesame"), credentials.login());
    assertEquals(credentials, Credentials.basic(new Login("Aladdin", "open sesame")));
    assertEquals(
        "Basic dGVzdDoxMjPCow==", Credentials.basic(new Login("test", "123\u00a3")).format());
    assertThrows(IllegalArgumentException.class, () -> Credentials.basic(new Login("a:b", "c")));
    assertEquals("basic ***", credentials.toString());
    assertEquals("a:***", new Login("a", "b").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic !", "Basic YQ==", "Basic a", "Bearer QTpi"})
  void otherCredentialsAreNoLogin(String text) {
    var credentials = Credentials.parse(text);
    assertNull(credentials == null ? null : credentials.login());
  }

  @Test
  void credentialsHaveATokenOrParameters() {
    var bearer = Credentials.parse("Bearer  mF_9.B5f-4.1JqM");
    assertEquals(Credentials.bearer("mF_9.B5f-4.1JqM"), bearer);
    assertEquals("Bearer mF_9.B5f-4.1JqM", Credentials.bearer("mF_9.B5f-4.1JqM").format());
    var digest = Credentials.parse("Digest username=\"Mufasa\", nc=00000001,qop = auth");
    assertNotNull(digest);
    assertEquals("digest", digest.scheme());
    assertEquals(
        Map.of("username", "Mufasa", "nc", "00000001", "qop", "auth"), digest.parameters());
    var one = new Credentials("digest", null, Map.of("realm", "a\"b"));
    assertEquals("Digest realm=\"a\\\"b\"", one.format());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " x", "a b c", "Digest a=b, a=c", "Digest a=b c=d", "(x) y"})
  void otherTextIsNoCredentials(String text) {
    assertNull(Credentials.parse(text));
  }

  @Test
  void proxiesSayWhoAsked() { // RFC 7239, section 4
    var all =
        Forwarded.parse(
            Headers.of(
                "Forwarded", "for=\"_gazonk\"",
                "Forwarded", "For=\"[2001:db8:cafe::17]:4711\"",
                "Forwarded", "for=192.0.2.60;proto=http;by=203.0.113.43; host=a, for=192.0.2.43"));
    assertNotNull(all);
    assertEquals(
        List.of("_gazonk", "[2001:db8:cafe::17]:4711", "192.0.2.60", "192.0.2.43"),
        all.stream().map(Forwarded::client).toList());
    assertEquals("http", all.get(2).scheme());
    assertEquals("a", all.get(2).host());
    assertNull(all.get(3).host());
    assertNull(Forwarded.parse(Headers.of("Forwarded", "for=a, for=[")));
  }

  @Test
  void linksHaveRelations() { // RFC 8288, section 3.5
    var links =
        Link.parse(
            Headers.of(
                "Link", "<http://example.com/a,b>; rel=\"previous\"; title=\"a, b\"",
                "Link", "</>; rel=\"http://example.net/foo Next\", <c>;rel=x"));
    assertEquals(3, links.size());
    assertEquals("http://example.com/a,b", links.getFirst().target());
    assertEquals("a, b", links.getFirst().parameters().get("title"));
    assertTrue(links.get(1).hasRelation("next"));
    assertFalse(links.get(1).hasRelation("nex"));
    assertFalse(new Link("/", Map.of()).hasRelation("next"));
    assertEquals("<c>; rel=x", links.get(2).toString());
    assertEquals(List.of(), Link.parse(Headers.of("Link", "nonsense", "Link", "<open")));
  }
}
