/*
 * Every limit of the program, with its unit and reason. An error that a limit causes names the
 * limit, the value met and, where there is one, the option that moves it.
 */
#ifndef CFAUDIT_BASE_LIMITS_H
#define CFAUDIT_BASE_LIMITS_H

#include <stdint.h>

/* Bytes of one of our own documents: the result of 150,000 questions with long reasons. Loaded, it
   takes about three times this. */
static const uint64_t LIMIT_DOCUMENT_BYTES = 200u << 20;
/* Bytes of one that has anything wrong or unusual in it: libxml2's tree takes eleven times this. */
static const uint64_t LIMIT_TREE_BYTES = 50u << 20;
/* XML nesting: deeper than any document people write; keeps recursion bounded. */
static const unsigned LIMIT_XML_DEPTH = 200;
/* Attributes of one XML tag: libxml2 2.9 needs minutes for hundreds of thousands. */
static const unsigned LIMIT_XML_ATTRIBUTES = 256;
/* Bytes of one XML tag. */
static const uint64_t LIMIT_XML_TAG_BYTES = 1u << 20;
/* Elements of one document: the result of 150,000 questions has fewer. */
static const unsigned LIMIT_XML_ELEMENTS = 2000000;
/* Mistakes in the XML of one document behind which it is read on, and bytes read again for them. */
static const unsigned LIMIT_XML_MENDS = 50;
static const uint64_t LIMIT_XML_REREAD = 64u << 20;
/* Bytes of one text out of a source in the ledger; longer ones end in an ellipsis. A cell may be
   longer than a tag of a document. */
static const unsigned LIMIT_LEDGER_TEXT = 4096;
/* Schema findings kept for one document. */
static const unsigned LIMIT_XSD_FINDINGS = 1000;
/* Diagnostics kept with position for each rule; more are counted only. */
static const unsigned LIMIT_DIAG_KEPT = 20;
/* The same where documents are checked: what a person mends before the next run. */
static const unsigned LIMIT_LINT_KEPT = 1000;
/* Bytes of one delimited cell. */
static const uint64_t LIMIT_CELL_BYTES = 1u << 20;
/* Columns of a delimited file. */
static const unsigned LIMIT_COLUMNS = 10000;
/* Bytes of a source after decompression, and its ratio to the stored bytes (counted beyond 64 MiB). */
static const uint64_t LIMIT_SOURCE_BYTES = 50ull << 30;
static const unsigned LIMIT_SOURCE_RATIO = 200;
/* Objects and arrays of JSON in each other, as for XML. */
enum { LIMIT_JSON_DEPTH = 200 };
/* Events of one trace. */
static const unsigned LIMIT_TRACE_EVENTS = 1000000;
/* Bytes of a compiled time zone file: the largest in use has under 4 KiB. */
static const uint64_t LIMIT_ZONE_BYTES = 1u << 20;
/* Windows of work in one day: a look-up passes over those of a day one by one. */
enum { LIMIT_CALENDAR_WINDOWS = 24 };
/* Days of one holiday list: a century of a busy year. */
static const unsigned LIMIT_CALENDAR_DAYS = 20000;
/* Sources of one run: 20 bits in a position. */
static const unsigned LIMIT_SOURCES = 1u << 20;
/* Entries, bytes of one part and of all parts of a package (XLSX). */
static const unsigned LIMIT_PACKAGE_ENTRIES = 10000;
static const uint64_t LIMIT_PACKAGE_PART = 64ull << 20;
static const uint64_t LIMIT_PACKAGE_TOTAL = 256ull << 20;

/* Bytes of a message that are looked at: more than anybody writes, and as much as a cell may have. */
static const uint64_t LIMIT_MESSAGE_BYTES = 1u << 20;
/* Messages below which no line is boilerplate: of fewer, a fifth is a handful that may well agree. */
static const uint64_t LIMIT_BOILERPLATE_LEAST = 20;
/* Words of a phrase of a lexicon: longer ones are sentences that nobody writes twice. */
enum { LIMIT_PHRASE_WORDS = 12 };
/* Steps that it may take to find a phrase at a word, all ways of filling its slots tried: the longest
   of the shipped lexicons take some thousands. */
enum { LIMIT_PHRASE_STEPS = 1 << 16 };

/* Rows of one breakdown times periods: beyond it rows have no series. A period of a row takes half
   a kilobyte of the ledger, and a chart of so many rows is read by nobody. */
static const unsigned LIMIT_ROW_PERIODS = 5000;
/* Periods of a series: four centuries of weeks. One wrong year among the dates must not fill the
   ledger. */
static const unsigned LIMIT_PERIODS = 20000;
/* Periods of a series with a trend: its time grows with their square. */
static const unsigned LIMIT_TREND_PERIODS = 1000;
/* Rows of one table beside a figure: more than people look through; with all columns it takes
   a sixth of the elements that a document may have. */
static const unsigned LIMIT_TABLE_ROWS = 10000;
/* Bytes of what was done about one signal. */
static const unsigned LIMIT_REACTION_TEXT = 1u << 20;

/* Bytes of one pattern and its parentheses inside one another: more than people read. */
static const unsigned LIMIT_PATTERN_BYTES = 10000;
static const unsigned LIMIT_PATTERN_PARENS = 100;
/* Steps of one match from each place where it may begin, and bytes of its memory: a hostile pattern
   takes a tenth of a second for ten times as many. */
static const unsigned LIMIT_MATCH_STEPS = 1000000;
static const unsigned LIMIT_MATCH_HEAP = 64u << 20;
/* Bytes of one entry of a log that patterns are matched with. */
static const unsigned LIMIT_LOG_LINE = 64u << 10;
/* Entries on which a rule may meet a limit before it is left out: so many take a minute at worst. */
static const unsigned LIMIT_RULE_STOPS = 100;
/* Seconds of processor time that one rule may take of one log: a rule that is slow for reasons takes
   seconds of the largest. It goes on, but the run is incomplete. */
static const unsigned LIMIT_RULE_SECONDS = 30;
/* How deep named patterns of log rules may lie in one another. */
enum { LIMIT_PATTERN_NAMES = 20 };

/* Threads that work together: more than machines have on which a log is read. */
enum { LIMIT_THREADS = 256 };

/* Steps of one process: more than anybody follows. */
enum { LIMIT_PROCESS_STEPS = 256 };
/* Pairs of an event and what is still allowed that are looked at for the sequence nearest to one
   case: it takes some tens of megabytes. */
static const unsigned LIMIT_REPLAY_NODES = 200000;
/* Markings of a net that are held before one event of a case. */
static const unsigned LIMIT_REPLAY_MARKINGS = 2000;

#endif
