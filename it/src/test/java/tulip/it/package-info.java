// SPDX-License-Identifier: Apache-2.0

/// Tests of the house as a whole: who may use what, the launcher, the examples, fresh JVMs.
@NullMarked
package tulip.it;

import org.jspecify.annotations.NullMarked;
