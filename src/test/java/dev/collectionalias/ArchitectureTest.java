package dev.collectionalias;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.collectionalias.milvus.MilvusClient;
import dev.collectionalias.milvus.MilvusGateway;
import dev.collectionalias.milvus.net.HostLookup;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The walls that {@code docs/architecture.md} draws. */
class ArchitectureTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.collectionalias");

    private static void holds(ArchRule rule) {
        rule.check(PRODUCT);
    }

    @Test
    void onlyTheGatewayKnowsTheMilvusSdk() {
        holds(noClasses().that().resideOutsideOfPackage("..collectionalias.milvus").should().dependOnClassesThat()
                .resideInAPackage("io.milvus.."));
    }

    @Test
    void theWayToAServerIsTheSameWhateverTheServerIsAskedThere() {
        holds(classes().that().resideInAPackage("..milvus.tls").should().onlyDependOnClassesThat(
                resideInAnyPackage("..milvus.tls", "..collectionalias.plan", "java..", "javax.net.ssl..")));
        holds(classes().that().resideInAPackage("..milvus.net").should().onlyDependOnClassesThat(
                resideInAnyPackage("..milvus.net", "..milvus.tls", "java..")));
    }

    @Test
    void theWebhookClientKnowsHowToFindAHostAndNothingElseOfMilvus() {
        holds(noClasses().that().resideInAPackage("..collectionalias.webhook").should().dependOnClassesThat(
                resideInAnyPackage("dev.collectionalias..").and(not(resideInAnyPackage("..collectionalias.webhook",
                        "..collectionalias.plan..")).and(not(
                                type(HostLookup.class)
                                        .or(type(HostLookup.LateException.class)))))));
    }

    @Test
    void onlyTheControllersAndWhatServesThemKnowTheOperatorSdk() {
        holds(noClasses().that()
                .resideOutsideOfPackages("..reconciler", "..kubernetes", "..schedule", "..runtime").should()
                .dependOnClassesThat().resideInAPackage("io.javaoperatorsdk.."));
    }

    @Test
    void aPassBeginsInTheControllersOnly() {
        holds(noClasses().that().resideOutsideOfPackage("..reconciler").should().beAssignableTo(Reconciler.class)
                .orShould().beAssignableTo(Cleaner.class));
    }

    @Test
    void whatReadsAndWritesKubernetesCallsNoMilvus() {
        holds(noClasses().that().resideInAPackage("..kubernetes").should().dependOnClassesThat(
                type(MilvusClient.class).or(assignableTo(MilvusGateway.class))));
    }

    @Test
    void whoseTurnItIsDependsOnNamesOnly() {
        holds(noClasses().that().resideInAPackage("..schedule").should().dependOnClassesThat(
                resideInAnyPackage("dev.collectionalias..").and(not(resideInAnyPackage("..schedule",
                        "..collectionalias.api..", "..collectionalias.plan", "..milvus.net")))));
    }

    @Test
    void decisionsKnowNothingButTheApiAndThemselves() {
        holds(classes().that().resideInAPackage("..collectionalias.plan..").should().onlyDependOnClassesThat(
                resideInAnyPackage("..collectionalias.plan..", "..collectionalias.api..", "java..")));
    }

    @Test
    void theReportOfAConnectionIsDecidedWithoutALibrary() {
        holds(noClasses().that().haveSimpleName("ConnectionReporter").should().dependOnClassesThat(
                not(resideInAnyPackage("dev.collectionalias..", "java.."))));
    }

    @Test
    void theApiDependsOnNoOtherPackage() {
        holds(noClasses().that().resideInAPackage("..collectionalias.api..").should().dependOnClassesThat(
                resideInAnyPackage("dev.collectionalias..").and(not(resideInAnyPackage("..collectionalias.api..")))));
    }

    @Test
    void theCommandLineKnowsWhatItsUserCouldReadAndSet() {
        holds(noClasses().that().resideInAPackage("..collectionalias.cli..").should().dependOnClassesThat(
                resideInAnyPackage("dev.collectionalias..").and(not(resideInAnyPackage("..collectionalias.cli..",
                        "..collectionalias.api..", "..collectionalias.plan")))));
    }

    /** Nothing that could change an alias, and nobody's secrets, are within its reach. */
    @Test
    void thePageKnowsObjectsOnly() {
        holds(noClasses().that().resideInAPackage("..collectionalias.page..").should().dependOnClassesThat(
                resideInAnyPackage("dev.collectionalias..", "io..").and(not(resideInAnyPackage(
                        "..collectionalias.page..", "..collectionalias.api..", "..collectionalias.plan")))));
    }

    @Test
    void theCommandsForGitWorkLookAndDecideAndNeverAct() {
        holds(noClasses().that().resideInAPackage("..collectionalias.gitops..").should().dependOnClassesThat(
                resideInAnyPackage("..collectionalias.act..", "..collectionalias.reconciler..",
                        "..collectionalias.kubernetes..", "..collectionalias.schedule..",
                        "..collectionalias.runtime..", "..collectionalias.metrics..")));
        holds(noClasses().that().resideInAPackage("..collectionalias.gitops..").should()
                .callMethod(MilvusGateway.class, "createAlias", String.class, String.class, String.class)
                .orShould().callMethod(MilvusGateway.class, "alterAlias", String.class, String.class, String.class)
                .orShould().callMethod(MilvusGateway.class, "dropAlias", String.class, String.class)
                .orShould().callMethod(MilvusGateway.class, "load", String.class, String.class)
                .orShould().callMethod(MilvusGateway.class, "release", String.class, String.class));
    }

    /** They may look into a cluster, and leave it as it is. */
    @Test
    void theCommandsForGitWorkWriteToNoCluster() {
        holds(noClasses().that().resideInAPackage("..collectionalias.gitops..").should().callMethodWhere(
                target(owner(resideInAPackage("io.fabric8.kubernetes.client..")))
                        .and(target(nameMatching("(create|update|patch|edit|replace|delete|serverSideApply).*")))));
    }

    /** The image has neither these packages nor their libraries. */
    @Test
    void theOperatorKnowsNothingOfTheCommandsForPeople() {
        holds(noClasses().that().resideOutsideOfPackages("..collectionalias.cli", "..collectionalias.gitops..",
                "..collectionalias.schema").and().doNotHaveSimpleName("CommandsMain").and()
                .doNotHaveFullyQualifiedName("dev.collectionalias.CommandsMain$Version").should()
                .dependOnClassesThat(resideInAnyPackage("..collectionalias.cli", "..collectionalias.gitops..",
                        "..collectionalias.schema", "picocli..", "dev.cel..", "com.google.re2j..")
                        .or(simpleName("CommandsMain"))));
    }

    /** What commands share knows none of them, and a command knows another one only where it is named here. */
    @ParameterizedTest
    @CsvSource({"manifests,", "server,", "output,", "lint, manifests output", "cluster, manifests",
            "export, cluster server output", "forecast, manifests lint cluster server output"})
    void aRoomOfTheCommandsForGitWorkKnowsFewOthers(String room, String others) {
        knowsFewOthers("dev.collectionalias.gitops.", room, Stream.ofNullable(others));
    }

    @Test
    void onlyTheSchemasKnowCel() {
        holds(noClasses().that().resideOutsideOfPackage("..collectionalias.schema..").should().dependOnClassesThat()
                .resideInAPackage("dev.cel.."));
        holds(noClasses().that().resideInAPackage("..collectionalias.schema..").should().dependOnClassesThat(
                resideInAnyPackage("dev.collectionalias..")
                        .and(not(resideInAnyPackage("..collectionalias.schema..")))));
    }

    @Test
    void packagesHaveNoCycles() {
        holds(slices().matching("dev.collectionalias.(**)").should().beFreeOfCycles());
    }

    /** A topic is changed without a look at the others, but for those that it names here. */
    @ParameterizedTest
    @CsvSource({"confirmation,", "proof, confirmation", "retirement, confirmation proof", "cutover, retirement",
            "preview, confirmation cutover",
            "ownership, confirmation cutover", "deletion, confirmation cutover preview"})
    void aTopicOfThePlanKnowsFewOthers(String topic, String others) {
        knowsFewOthers("dev.collectionalias.plan.", topic,
                Stream.concat(Stream.of("seen step"), Stream.ofNullable(others)));
    }

    private static void knowsFewOthers(String parent, String room, Stream<String> others) {
        String[] known = Stream.concat(Stream.of(room), others.flatMap(names -> Stream.of(names.split(" "))))
                .map(parent::concat).toArray(String[]::new);
        holds(noClasses().that().resideInAPackage(parent + room).should().dependOnClassesThat(
                resideInAPackage(parent + "*").and(not(resideInAnyPackage(known)))));
    }

    @Test
    void whatIsSeenIsDataAndAStepKnowsNoTopic() {
        holds(noClasses().that().resideInAPackage("dev.collectionalias.plan.seen").should().dependOnClassesThat(
                resideInAPackage("dev.collectionalias.plan.*")
                        .and(not(resideInAPackage("dev.collectionalias.plan.seen")))));
        holds(noClasses().that().resideInAPackage("dev.collectionalias.plan.step").should().dependOnClassesThat(
                resideInAPackage("dev.collectionalias.plan.*").and(not(resideInAnyPackage(
                        "dev.collectionalias.plan.seen", "dev.collectionalias.plan.step")))));
    }

    /** The order of the rules is on one page, and nobody else asks them. */
    @Test
    void onlyThePassAndTheForecastTakeSteps() {
        holds(classes().that().resideInAPackage("..plan.rules").should().onlyBeAccessed()
                .byAnyPackage("..plan.rules", "..reconciler", "..gitops.forecast"));
    }

    @Test
    void namesSayWhatAClassIsFor() {
        holds(noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager)"));
    }

    @Test
    void nothingIsRememberedInStaticFields() {
        holds(noFields().that().areStatic().should().notBeFinal());
    }

    @Test
    void timeAndEnvironmentArePassedIn() {
        holds(noClasses().that().resideOutsideOfPackage("..runtime..").should()
                .callMethod(java.time.Instant.class, "now")
                .orShould().callMethod(System.class, "currentTimeMillis").orShould().callMethod(Thread.class, "sleep",
                        long.class));
        holds(noClasses().that().doNotHaveSimpleName("OperatorMain").and().doNotHaveSimpleName("CommandsMain").should()
                .callMethod(System.class, "getenv")
                .orShould().callMethod(System.class, "getenv", String.class));
    }
}
