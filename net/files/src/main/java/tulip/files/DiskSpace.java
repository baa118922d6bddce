// SPDX-License-Identifier: Apache-2.0
package tulip.files;

/// The space of the file system that a file is on, in bytes: see [AsyncFiles#diskSpace].
///
/// @param total all of it
/// @param free what is not used
/// @param usable what this user may use of that
public record DiskSpace(long total, long free, long usable) {}
