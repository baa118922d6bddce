// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

/// Text as it stands in HTML.
public final class HtmlText {
  private HtmlText() {}

  /// Text for the content of an element, or for an attribute in quotes.
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
