// SPDX-License-Identifier: Apache-2.0
package tulip.http.multipart;

/// What a body of several parts may have. In bytes, if nothing else is said.
///
/// @param parts how many parts; nested ones count by themselves
/// @param head the fields of a part, with their line ends
/// @param fields how many of them
/// @param preamble what may stand ahead of the first part, and what of it behind the last one
public record MultipartLimits(int parts, int head, int fields, int preamble) {
  /// A thousand parts.
  public static final MultipartLimits DEFAULT = new MultipartLimits(1000, 8190, 32, 8190);

  /// Checks them.
  public MultipartLimits {
    if (parts < 1 || head < 16 || fields < 1 || preamble < 0) {
      throw new IllegalArgumentException("no body of several parts fits limits this small");
    }
  }
}
