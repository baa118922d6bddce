// SPDX-License-Identifier: Apache-2.0
package tulip.files;

/// What is in a tree: see [AsyncFiles#diskUsage].
///
/// @param files how many entries are not folders
/// @param directories how many folders there are, the tree's own among them
/// @param bytes how long the regular files are together; one with several names counts each time
public record DiskUsage(long files, long directories, long bytes) {
  static final DiskUsage NONE = new DiskUsage(0, 0, 0);

  DiskUsage plus(Entry entry) {
    var attributes = entry.attributes();
    if (attributes.isDirectory()) {
      return new DiskUsage(files, directories + 1, bytes);
    }
    return new DiskUsage(
        files + 1, directories, bytes + (attributes.isRegularFile() ? attributes.size() : 0));
  }
}
