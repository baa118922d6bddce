// SPDX-License-Identifier: Apache-2.0

/// What can be plugged in below streams: other media, other ways to look names up.
package tulip.net.spi;
