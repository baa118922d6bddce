// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

/// An end of a list.
public enum ListEnd {
  /// Where LPUSH adds and LPOP takes.
  LEFT,
  /// Where RPUSH adds and RPOP takes.
  RIGHT
}
