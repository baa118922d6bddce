// SPDX-License-Identifier: Apache-2.0

/// What a loop stands on, for those who bring their own: pollers, host loops, clocks; and what a
/// wait is, for those who build primitives that tasks wait on.
package tulip.core.spi;
