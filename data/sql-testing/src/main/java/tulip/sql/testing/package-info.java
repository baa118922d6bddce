// SPDX-License-Identifier: Apache-2.0

/// What every database driver does: [SqlContract], which its tests extend.
package tulip.sql.testing;
