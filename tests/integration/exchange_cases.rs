//! Does a case come back as it went out, and does nobody's name go out unless it is revealed?
