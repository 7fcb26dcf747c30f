#include "detect/detector.h"

static const struct {
    const char *word;
    struct words title;
} detectors[DETECTOR_COUNT] = {
#define DETECTOR(name, word, en, it) {word, {{STR_INIT(en), STR_INIT(it)}}},
#include "detect/detector.def"
#undef DETECTOR
};

const char *detector_name(enum detector detector)
{
    return detectors[detector].word;
}

bool detector_find(struct str word, enum detector *ret_detector)
{
    int i;

    for (i = 0; i < DETECTOR_COUNT; i++) {
        if (str_is(word, detectors[i].word)) {
            *ret_detector = (enum detector)i;
            return true;
        }
    }
    return false;
}

const struct words *detector_title(enum detector detector)
{
    return &detectors[detector].title;
}
