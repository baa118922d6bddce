// SPDX-License-Identifier: Apache-2.0

/// Small things that tests of concurrent programs need everywhere.
package tulip.testing;
