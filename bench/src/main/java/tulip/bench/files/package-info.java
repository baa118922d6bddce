// SPDX-License-Identifier: Apache-2.0

/// Files: lines, whole files and small ones, beside blocking NIO and aiofiles.
package tulip.bench.files;
