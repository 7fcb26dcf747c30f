"""What people say about requests that cannot be had as asked: by language and by what is asked.

Each has what the customer writes, a question with its answer, the same understood in other words, the
refusal in several wordings, its reason, two ways out with time, cost and outcome, which the customer
takes, and a new argument. "day": the question and what was understood name a day."""

TOPICS = {
    "it": [
        {"symptom": "sconto", "service": "Contratti",
         "open": ["vorremmo il 20 % di sconto sul canone, siamo clienti da anni.",
                  "un concorrente ci offre un canone più basso del 20 %: lo pareggiate?"],
         "ask": "Quante tazze fate al giorno, e in quali mesi calate?",
         "reply": "Centoventi d'inverno, la metà da giugno a settembre.",
         "re": "Quindi il problema vero sono i mesi estivi, in cui pagate come se lavoraste a pieno "
               "ritmo: dico bene?",
         "no": ["Il 20 % sul canone non riusciamo a riconoscerlo.",
                "Una riduzione del canone di quella misura purtroppo non è possibile.",
                "Sul prezzo non abbiamo margine, per cui lo sconto non lo possiamo fare."],
         "because": "Il canone copre già due visite l'anno e i ricambi, perciò sotto quella cifra "
                    "lavoreremmo in perdita.",
         "two": ["Opzione 1: canone stagionale, si parte dal mese prossimo, 12 euro in più d'inverno "
                 "e 30 in meno d'estate; in un anno risparmiate circa 80 euro.",
                 "Opzione 2: contratto di tre anni, si firma in settimana, 6 % in meno ogni mese; "
                 "il prezzo resta bloccato fino alla scadenza."],
         "take": "Il canone stagionale fa per noi.",
         "argue": "Ma porteremmo da voi anche la seconda sede."},
        {"symptom": "consegna-sabato", "day": True, "service": "Forniture",
         "open": ["ci potete consegnare le capsule sabato mattina?",
                  "abbiamo bisogno della fornitura per sabato, riuscite?"],
         "ask": "Per quante persone è, e c'è qualcuno in sede il venerdì sera?",
         "reply": "Per una festa di quaranta persone, venerdì ci siamo fino alle otto.",
         "re": "Se capisco, l'importante è avere tutto prima della festa, non che arrivi proprio di "
               "sabato. È così?",
         "no": ["Di sabato i nostri furgoni non viaggiano e la consegna non si può fare.",
                "Non siamo in grado di consegnare il sabato.",
                "Sabato ci è impossibile, mi dispiace."],
         "because": "Il magazzino è chiuso nel fine settimana, dato che il personale turna su cinque "
                    "giorni.",
         "two": ["a) consegna venerdì dopo le 18, 15 euro di fuori orario, e sabato avete già tutto "
                 "sul banco;",
                 "b) ritiro da voi in magazzino giovedì, senza spese, dieci minuti di attesa, e le "
                 "portate via subito."],
         "take": "Va bene venerdì sera.",
         "argue": "Però l'anno scorso un vostro autista è venuto di sabato."},
        {"symptom": "proroga", "service": "Contratti",
         "open": ["possiamo pagare la fattura di questo mese fra novanta giorni?",
                  "chiediamo una proroga di tre mesi sul pagamento."],
         "ask": "È un momento passeggero o cambia qualcosa anche per i mesi dopo?",
         "reply": "Passeggero: ci pagano a fine trimestre.",
         "re": "Mi pare di capire che i soldi arrivano, ma a fine trimestre e tutti insieme: conferma?",
         "no": ["Novanta giorni non li possiamo concedere.",
                "La proroga di tre mesi non è prevista dalle nostre condizioni.",
                "Devo dirle di no sui novanta giorni."],
         "because": "L'amministrazione deve pagare i fornitori a sessanta giorni e di conseguenza "
                    "non può aspettare di più.",
         "two": ["- pagamento a sessanta giorni, senza interessi, vale da questa fattura e non "
                 "cambia altro;",
                 "- tre rate mensili, 5 euro di spese a rata, così a fine trimestre avete chiuso."],
         "take": "Tre rate, grazie.",
         "argue": "Vi abbiamo sempre pagato prima della scadenza, guardate lo storico."},
        {"symptom": "reso", "service": "Forniture",
         "open": ["vogliamo rendere sei scatole di cialde già aperte, il gusto non piace.",
                  "le cialde nuove non piacciono a nessuno: ce le riprendete?"],
         "ask": "Quante scatole sono ancora chiuse, e quale gusto bevevate prima?",
         "reply": "Due chiuse e quattro aperte, prima avevamo l'intenso.",
         "re": "In altre parole vi serve tornare al gusto di prima senza buttare via i soldi: è "
               "corretto?",
         "no": ["Le scatole aperte non le possiamo ritirare.",
                "Il reso di cialde aperte non è ammesso.",
                "Sulle quattro aperte la risposta è negativa."],
         "because": "È una regola sanitaria: un alimento aperto non si può rimettere in vendita, e "
                    "per questo andrebbe distrutto.",
         "two": ["Prima possibilità: cambiamo le due chiuse con l'intenso alla prossima consegna, "
                 "senza costi, e le altre restano a voi;",
                 "Seconda possibilità: le mettiamo a metà prezzo sulla prossima fornitura, 18 euro "
                 "di accredito entro il mese, e provate il gusto nuovo con calma."],
         "take": "Facciamo il cambio delle due chiuse.",
         "argue": "Sulla scatola non c'era scritto che il gusto era cambiato."},
        {"symptom": "prova", "service": "Espresso",
         "open": ["potremmo avere la macchina grande in prova per due mesi?",
                  "prima di decidere vorremmo provare il modello a tre gruppi per un paio di mesi."],
         "ask": "In quali ore avete la coda, e quanti caffè fate in quell'ora?",
         "reply": "Fra le otto e le nove, una novantina.",
         "re": "Dunque volete vedere se la coda delle otto sparisce: ho inteso bene?",
         "no": ["Due mesi di prova non li possiamo offrire.",
                "Una prova così lunga non rientra in quello che possiamo fare.",
                "Per due mesi la macchina non gliela possiamo lasciare."],
         "because": "Ne abbiamo una sola da dimostrazione e altri tre bar in attesa, motivo per cui "
                    "gira ogni due settimane.",
         "two": ["1) due settimane di prova da lunedì, 60 euro di montaggio che scaliamo se la "
                 "tenete, e avrete i numeri veri della vostra ora di punta;",
                 "2) noleggio di tre mesi con disdetta libera, 190 euro al mese, pronta in dieci "
                 "giorni, e se non va la riprendiamo."],
         "take": "Due settimane bastano.",
         "argue": "Con due settimane però non prendiamo i giorni di mercato."},
        {"symptom": "agosto", "service": "Contratti",
         "open": ["ad agosto siamo chiusi, potete non farci pagare il canone?",
                  "chiediamo di sospendere il canone nel mese di chiusura."],
         "ask": "Chiudete tutto il mese, e la macchina resta collegata?",
         "reply": "Dal 4 al 31, la stacchiamo.",
         "re": "Vi disturba pagare un mese in cui la macchina è spenta: giusto?",
         "no": ["Il canone di agosto non lo possiamo togliere.",
                "La sospensione per ferie non è contemplata.",
                "Non ci è consentito sospendere il canone per un mese solo."],
         "because": "Il canone è annuale ed è soltanto diviso in dodici, quindi agosto paga anche le "
                    "visite degli altri mesi.",
         "two": ["Si può spostare la visita annuale proprio in agosto, senza spese, due ore a locale "
                 "chiuso, e a settembre ripartite con la macchina pulita.",
                 "Oppure undici rate più alte di 4 euro e agosto a zero, dal prossimo anno: la spesa "
                 "resta uguale ma il mese di ferie non pagate."],
         "take": "La visita in agosto ci piace.",
         "argue": "Il fornitore dell'acqua ce lo sospende senza discutere."},
        {"symptom": "altra-marca", "service": "Espresso",
         "open": ["abbiamo un macinino di un'altra marca che non va, ce lo riparate?",
                  "potete guardare anche la macchina che avevamo comprato altrove?"],
         "ask": "Che marca e che anno sono, e che cosa fa di preciso?",
         "reply": "Del 2014, gira piano e scalda.",
         "re": "Mi corregga se sbaglio: vi serve macinare di nuovo entro pochi giorni, con quello o "
               "con un altro.",
         "no": ["Su macchine di altre marche non mettiamo le mani.",
                "Non possiamo intervenire su un apparecchio che non abbiamo venduto noi.",
                "La riparazione di quel macinino dobbiamo rifiutarla."],
         "because": "Non abbiamo i ricambi né i disegni elettrici, e senza quelli non potremmo "
                    "garantire la sicurezza.",
         "two": ["Le do il nome di un riparatore autorizzato: di solito una settimana, 60-90 euro, e "
                 "vi torna il vostro macinino.",
                 "In cambio possiamo prestarvi un macinino usato da domani, 20 euro al mese, così "
                 "lavorate subito."],
         "take": "Il macinino in prestito, per favore.",
         "argue": "Il vostro tecnico l'ha già aperto due anni fa."},
        {"symptom": "ricetta", "service": "Distributori",
         "open": ["vorremmo togliere lo zucchero da tutte le bevande del distributore.",
                  "si può mettere il caffè a 20 centesimi sul distributore del reparto?"],
         "ask": "Chi usa quel distributore, e in quali orari?",
         "reply": "Personale e visitatori, soprattutto di mattina.",
         "re": "Riassumo: vorreste una bevanda adatta anche a chi non può prendere zucchero, è questo "
               "il punto?",
         "no": ["Modificare tutte le ricette non ci è possibile.",
                "Questa modifica al distributore non si può fare.",
                "Non possiamo accontentarvi su tutto il distributore."],
         "because": "Le ricette sono bloccate dal costruttore, in quanto legate alla pulizia "
                    "automatica dei tubi.",
         "two": ["Alternativa A: un tasto dedicato senza zucchero, mezz'ora di lavoro, gratis alla "
                 "prossima visita, e gli altri restano come sono.",
                 "Alternativa B: una seconda colonnina, 25 euro al mese, in tre settimane, e ognuno "
                 "ha la sua."],
         "take": "Il tasto dedicato va benissimo.",
         "argue": "In un'altra sede l'avete fatto, c'è la foto."},
        {"symptom": "notturno", "service": "Espresso",
         "open": ["per i lavori in cucina ci serve il tecnico alle cinque di mattina.",
                  "potete fare la manutenzione di notte, quando siamo chiusi?"],
         "ask": "A che ora chiudete la sera, e qual è il giorno più tranquillo?",
         "reply": "Chiudiamo alle 21, il lunedì è fiacco.",
         "re": "Per voi conta non fermare il banco mentre ci sono clienti: ho capito?",
         "no": ["Di notte non mandiamo nessuno.",
                "Un intervento alle cinque non lo possiamo organizzare.",
                "Non è possibile avere il tecnico in quell'orario."],
         "because": "I tecnici non possono lavorare da soli dopo le 22: è scritto nel piano di "
                    "sicurezza, a causa degli impianti in pressione.",
         "two": ["Possiamo venire lunedì alle 14:30: due ore, compreso nel contratto, e riaprite il "
                 "banco per l'aperitivo.",
                 "Oppure la sera stessa alle 20, con 45 euro di straordinario, e la mattina dopo è "
                 "tutto pronto."],
         "take": "Meglio la sera alle 20.",
         "argue": "Il cuoco vi aprirebbe lui, non sareste soli."},
        {"symptom": "anticipo", "day": True, "service": "Espresso",
         "open": ["la seconda macchina ci serve entro venerdì, non fra tre settimane.",
                  "si può anticipare l'installazione a questa settimana?"],
         "ask": "Che cosa succede venerdì, e l'attacco dell'acqua c'è già?",
         "reply": "C'è l'inaugurazione; l'attacco è pronto.",
         "re": "Quindi dovete servire bene gli invitati di venerdì, e la macchina definitiva può "
               "arrivare dopo: giusto?",
         "no": ["Entro venerdì non ce la facciamo.",
                "Anticipare l'installazione è fuori discussione, purtroppo.",
                "La data non la possiamo spostare."],
         "because": "La macchina è ancora dal costruttore e parte solo dopo il collaudo, giovedì "
                    "della settimana prossima.",
         "two": ["Prima strada: vi portiamo giovedì una macchina usata a due gruppi, 40 euro di "
                 "trasporto, e venerdì servite tutti.",
                 "Seconda strada: un nostro carrello con barista per la serata, 180 euro, montato in "
                 "un'ora, e voi pensate agli invitati."],
         "take": "La macchina usata per venerdì.",
         "argue": "Il venditore ci aveva detto che in magazzino c'era."},
    ],
    "en": [
        {"symptom": "sconto", "service": "Contratti",
         "open": ["could you take 15 % off our monthly fee?",
                  "another supplier is cheaper by 15 %. Will you match that?"],
         "ask": "How many cups do you make a day, and which months are slow?",
         "reply": "About 150, much less in August.",
         "re": "So what bothers you is paying the full fee in slow months, is that it?",
         "no": ["We can't lower the fee by that much.",
                "A discount of 15 % is not possible, I'm afraid.",
                "I have to turn that down."],
         "because": "The fee already includes two visits and all spare parts, so anything below it "
                    "would not cover our costs.",
         "two": ["Option A: a seasonal fee from next month, 10 euros more in winter and 25 less in "
                 "summer, which saves you about 60 euros a year.",
                 "Option B: a three-year contract, signed this week, 5 % less every month, and the "
                 "price stays fixed."],
         "take": "The seasonal fee sounds right.",
         "argue": "We'd bring you our second site as well."},
        {"symptom": "consegna-sabato", "day": True, "service": "Forniture",
         "open": ["can you deliver the capsules on Saturday?",
                  "we'd need the supplies on Saturday morning, please."],
         "ask": "How many guests is it for, and is anybody in on Friday evening?",
         "reply": "Forty, and yes, until eight.",
         "re": "If I get this right, it has to be there before the party, Saturday or not?",
         "no": ["We don't deliver on Saturdays.",
                "Saturday isn't possible, sorry.",
                "Unfortunately we are not able to come on a Saturday."],
         "because": "The depot is closed at weekends because the crew works a five-day shift.",
         "two": ["You can have it on Friday after six for 15 euros, and everything is on your counter "
                 "by Saturday;",
                 "or you collect it on Thursday at no charge, ten minutes' wait, and take it along."],
         "take": "Friday after six, then.",
         "argue": "Your driver did come on a Saturday last year."},
        {"symptom": "reso", "service": "Forniture",
         "open": ["nobody likes the new pods. Can we send back six opened boxes?",
                  "we want to return the opened boxes, the taste has changed."],
         "ask": "How many are still sealed, and which blend did you have before?",
         "reply": "Two sealed, four open. The strong one.",
         "re": "In other words you want the old blend back without losing the money?",
         "no": ["Opened boxes cannot be returned.",
                "We're unable to take back what has been opened.",
                "I can't accept the four open ones."],
         "because": "That's a food safety rule: once a box is open it may not be sold again, hence we "
                    "would have to destroy it.",
         "two": ["First choice: we swap the two sealed ones with the next delivery, free of charge, "
                 "and you keep the rest.",
                 "Second choice: 18 euros of credit within the month towards your next order, and "
                 "you finish them at leisure."],
         "take": "Swap the two sealed ones, please.",
         "argue": "The box didn't say the blend was new."},
        {"symptom": "notturno", "service": "Espresso",
         "open": ["could the technician come at five in the morning?",
                  "we'd like the service done at night, when we're closed."],
         "ask": "When do you close, and which day is the quietest?",
         "reply": "At nine. Mondays are slow.",
         "re": "What matters is that the bar doesn't stop while guests are in, right?",
         "no": ["We don't send anybody at night.",
                "Five in the morning is out of the question.",
                "That isn't something we can do."],
         "because": "Our people may not work alone after ten, since the boilers are under pressure.",
         "two": ["Monday at half past two: two hours, included in your contract, and the bar reopens "
                 "for the evening.",
                 "Alternatively the same evening at eight for an extra 45 euros, and it is ready the "
                 "next morning."],
         "take": "The evening at eight.",
         "argue": "Our chef would let them in and stay."},
        {"symptom": "prova", "service": "Espresso",
         "open": ["may we try the big machine for two months?",
                  "we'd like a two-month trial of the three-group model."],
         "ask": "When is your busiest hour, and how many cups is that?",
         "reply": "Eight to nine, some ninety cups.",
         "re": "So you want to see whether the queue at eight goes away?",
         "no": ["A trial of two months is more than we can offer.",
                "We can't leave it with you for two months.",
                "No, not for that long."],
         "because": "There is a single demo machine and three other bars are waiting for it, that is "
                    "why it moves on every fortnight.",
         "two": ["You could have two weeks from Monday, 60 euros for fitting that we deduct if you "
                 "keep it, and real figures of your rush hour.",
                 "Or rent it for three months at 190 euros, ready in ten days, and send it back if "
                 "it doesn't suit."],
         "take": "Two weeks will do.",
         "argue": "Two weeks won't include the trade fair, though."},
    ],
}
TAKE_CHARGE = {
    "it": ["La sua richiesta la seguo io dall'inizio alla fine.",
           "Me ne occupo personalmente e le faccio sapere.",
           "Prendo in carico io la richiesta.",
           "Sono io il suo riferimento per questa pratica."],
    "en": ["I'm looking after your request myself.",
           "I'll take care of this from start to finish.",
           "This one is with me now.",
           "I'm your contact for this."],
}
# what the customer is asked to do before the desk can answer
INSTRUCT = {
    "it": ["Per rispondere mi servono due cose: 1) la foto della targhetta; 2) il numero dell'ultima "
           "bolla. Me le mandi qui e le confermo che sono leggibili.",
           "Faccia così: apra lo sportello, legga il contatore e me lo scriva qui; poi controllo io.",
           "Guardi sull'ultima fattura il codice della sede e me lo mandi, per favore."],
    "en": ["I need two things: 1) a photo of the plate; 2) the number of the last delivery note. Send "
           "them here and I'll tell you whether they can be read.",
           "Please open the door, read the counter and send me the number; I'll check it then."],
}
DID_IT = {"it": ["Ecco fatto.", "Le ho mandato tutto.", "Il numero è 48213."],
          "en": ["Here you are.", "Done, it says 48213."]}
SUPPORT = {
    "it": ["Mi sembra la scelta giusta per voi, la seguo io fino in fondo.",
           "Ottimo, ha scelto bene: resto a disposizione per qualsiasi dubbio.",
           "Perfetto, allora facciamo come ha deciso lei. Non deve pensare a nulla.",
           "Bene così. Se qualcosa non la convince si può ancora cambiare."],
    "en": ["I think that's the right choice for you, and I'll stay with it.",
           "Good choice. I'm here if anything is unclear.",
           "Fine, we'll do as you decided. You needn't worry about anything.",
           "Very well. If it doesn't suit you we can still change it."],
}
# who does what, and when: {day} {hour}
STEPS = {
    "it": ["Il prossimo passo è nostro: {day} alle {hour} la chiamo io per i dettagli.",
           "Ci pensa Teo, che passa da voi {day} alle {hour}.",
           "Le mando il modulo entro {day} alle {hour}, lo preparo io.",
           "{day} alle {hour} Mina vi porta il contratto da firmare."],
    "en": ["Next step: I'll ring you on {day} at {hour} to settle the details.",
           "Teo will see to it and come by on {day} at {hour}.",
           "I'll send you the form by {day}, {hour}.",
           "On {day} at {hour} Mina brings you the paper to sign."],
}
FOLLOW_UP = {
    "it": ["Buongiorno, volevo sapere se è andato tutto come speravate.",
           "Come vi trovate? Se serve un ritocco lo facciamo volentieri.",
           "Passo a sentire: tutto a posto con la soluzione che avevate scelto?"],
    "en": ["Just checking: did it work out as you hoped?",
           "How are you getting on with it? A word is enough if it needs adjusting."],
}
# granted at the desk, within what it may decide alone
GRANT = {
    "it": ["Lo decido io senza chiedere a nessuno: questa volta va bene, 40 euro di accredito.",
           "Rientra in quello che posso concedere: le stacco subito un buono da 30 euro.",
           "D'accordo, glielo concedo io: 25 euro in meno sulla prossima fattura."],
    "en": ["That I can decide myself: 30 euros off your next bill.",
           "Agreed, I may grant that on my own: a credit of 40 euros."],
}
ASK_HIGHER = {
    "it": ["Oltre quello che le ho detto non posso decidere io: passo la richiesta alla responsabile.",
           "La sottopongo a Elsa Finzioni, che può autorizzare di più.",
           "Qui ci vuole l'autorizzazione della direzione: la chiedo oggi stesso."],
    "en": ["That's beyond what I may decide, so I'm passing it to our head of service.",
           "I'll put it to Elsa, who can approve more than I can."],
}
APPROVED = {
    "it": ["Ho letto tutto e ho deciso: confermo quanto le ha detto la collega, non si va oltre.",
           "La mia decisione è la stessa: resta valida l'offerta che ha già ricevuto."],
    "en": ["I've read it all and decided: our offer stands as it is.",
           "My decision is the same as my colleague's."],
}
ALLOWED = {
    "it": ["Autorizzo io l'eccezione per questa volta: ha ragione sul punto che ha portato.",
           "Ho deciso di concederlo, perché il suo argomento è fondato."],
    "en": ["I approve the exception this once, you have a point.",
           "I've decided to grant it, as your argument is sound."],
}
WRONG = {
    "it": ["sulla fattura di questo mese il canone c'è due volte.",
           "ci avete consegnato quattro scatole e ne avete fatturate sei.",
           "ci è arrivato un sollecito per una fattura pagata il giorno 3.",
           "l'uscita del tecnico era in garanzia e ce l'avete messa in conto.",
           "avete intestato la fattura alla sede vecchia.",
           "il prezzo delle cialde non è quello dell'accordo."],
    "en": ["this month's bill has the fee twice.", "you delivered four boxes and billed six.",
           "we got a reminder for a bill that we paid on the 3rd.",
           "the visit was under warranty, but it's on the bill."],
}
OWN_ERROR = {
    "it": ["Ha ragione, l'errore è nostro: la bolla è stata registrata due volte.",
           "Abbiamo sbagliato noi, il codice era quello di un'altra sede.",
           "È stata una nostra svista: il pagamento c'era ed era rimasto da abbinare.",
           "Colpa nostra, nel listino era rimasto il prezzo dell'anno scorso.",
           "Confermo che lo sbaglio l'abbiamo fatto noi in amministrazione.",
           "Il disguido è partito da noi, la garanzia non era stata segnata sul rapporto."],
    "en": ["You're right, that was our mistake: the note was entered twice.",
           "We got this wrong, the code was that of another site.",
           "Our fault, last year's price was still in the list.",
           "We made an error here, your payment had not been matched."],
}
SORRY = {
    "it": ["Le chiedo scusa per il fastidio.", "Mi scuso a nome di tutti.",
           "Ci scusi per l'inconveniente.", "Sono mortificata, ci scusiamo."],
    "en": ["I apologise for the trouble.", "Please accept our apologies.",
           "We're very sorry about that."],
}
PUT_RIGHT = {
    "it": ["La nota di credito è allegata.", "La fattura corretta è in allegato, l'altra è annullata.",
           "Il sollecito è stato ritirato."],
    "en": ["The credit note is attached.", "The corrected bill is attached, the other one is void."],
}
LOOK_AT = {
    "it": ["display spento, ieri funzionava.", "il distributore segna fuori servizio.",
           "la macchina non parte e il tasto lampeggia."],
    "en": ["display is dark, it was fine yesterday.", "the machine won't start, a key is blinking."],
}
PRESUMED = {
    "it": ["Secondo me hanno toccato loro le impostazioni.", "Avranno staccato la spina pulendo.",
           "Di sicuro l'hanno spostata loro.", "Sarà stato il loro elettricista."],
    "en": ["They must have changed the settings.", "I bet they moved it themselves."],
}
FOUND = {
    "it": {"customer": "Era staccata la presa dietro il mobile: ora va.",
           "us": "Era un nostro cavetto allentato: sistemato.",
           "third": "È mancata la corrente al piano: ripartita."},
    "en": {"customer": "The plug behind the unit had come out; it works now.",
           "us": "One of our cables was loose; it's fixed.",
           "third": "There had been a power cut on your floor; it's running again."},
}
