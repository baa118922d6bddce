// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

/// What comes out of [Notifications].
public sealed interface NotificationEvent permits Notification, NotificationEvent.Gap {
  /// Here notifications may be missing. What a program mirrors it should fetch anew.
  ///
  /// @param reason why
  /// @param dropped how many are known to be missing
  record Gap(Reason reason, long dropped) implements NotificationEvent {
    /// Why notifications are missing.
    public enum Reason {
      /// The connection was lost, and there is another one now.
      CONNECTION_LOST,
      /// They were not taken as fast as they came.
      SLOW_RECEIVER
    }
  }
}
