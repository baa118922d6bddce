// SPDX-License-Identifier: Apache-2.0

/// What can be plugged in below streams: other media, other ways to look names up; and what wires,
/// and whatever else stands on them, are made of.
package tulip.net.spi;
