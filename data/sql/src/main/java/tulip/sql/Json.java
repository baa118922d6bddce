// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

/// A JSON text, as a parameter and as a value. What it means is left to a JSON library.
///
/// @param text well-formed JSON; the database checks it
public record Json(String text) {
  /// The text.
  @Override
  public String toString() {
    return text;
  }
}
