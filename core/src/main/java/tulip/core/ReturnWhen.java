// SPDX-License-Identifier: Apache-2.0
package tulip.core;

/// When [Tulip#wait] returns.
public enum ReturnWhen {
  /// When any of the futures is done.
  FIRST_COMPLETED,
  /// When any has failed, or all are done. To be cancelled is not to fail.
  FIRST_EXCEPTION,
  /// When all are done.
  ALL_COMPLETED
}
