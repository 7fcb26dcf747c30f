/*
 * Messages of service in two languages, a table with one a line, made of a seed.
 *
 * usage: generate_messages N
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

static const char *const words[] = {
    "la", "stampante", "non", "funziona", "da", "ieri", "e", "il", "display", "resta", "spento",
    "abbiamo", "ricevuto", "la", "sua", "segnalazione", "del", "contratto", "di", "assistenza",
    "numero", "4711", "the", "printer", "stopped", "working", "after", "an", "update", "of",
    "firmware", "please", "find", "attached", "invoice", "for", "your", "order", "macchina",
    "caffè", "perché", "città", "tecnico", "officina", "ricambio", "spedizione", "corriere",
    "installation", "service", "customer", "number", "address", "delivery", "warehouse", "version",
    "però", "più", "così", "già", "lunedì", "fattura", "pagamento", "bonifico", "account"};

static const char *const phrases[] = {
    "purtroppo non è possibile", "non possiamo", "in alternativa", "a causa di un guasto",
    "entro 2 giorni", "le garantisco", "ci scusiamo", "da quando", "se ho capito bene",
    "we cannot", "unfortunately not", "what we can do", "due to the strike", "I will",
    "by Friday", "we apologise for the delay", "which version", "the root cause", "3 working days",
    "120 euro", "restiamo a disposizione", "feel free to", "prossimo passo", "next step"};

static uint64_t state = 42;

static unsigned below(unsigned most)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % most;
}

int main(int argc, char **argv)
{
    unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    unsigned long i;
    unsigned k;

    if (argc != 2)
        return 2;
    puts("Ticket,Sent at,Message type,Author type,Visibility,Text");
    for (i = 0; i < count; i++) {
        unsigned length = 20 + below(80);

        printf("T%lu,2025-03-%02luT%02lu:%02lu:00Z,message,%s,public,", i / 4, 1 + i / 1000 % 28,
               i / 60 % 24, i % 60, i % 2 ? "agent" : "customer");
        for (k = 0; k < length; k++) {
            unsigned way = below(100);

            printf("%s%s", k ? " " : "",
                   way < 6 ? phrases[below((unsigned)ARRAY_LEN(phrases))]
                           : words[below((unsigned)ARRAY_LEN(words))]);
            if (way > 92)
                putchar('.');
        }
        putchar('\n');
    }
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
